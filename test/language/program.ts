import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** A program in the form of test262, INTERPRETING.md: what it needs and how it must end stand in its front matter. */
export interface Program {
  readonly source: string;
  readonly includes: readonly string[];
  readonly flags: readonly string[];
  readonly features: readonly string[];
  /** The error it must end with. */
  readonly negative: { readonly phase: string; readonly type: string } | null;
}

export function readProgram(file: string): Program {
  const source = readFileSync(file, "utf8");
  const matter: unknown = parse(/\/\*---([\s\S]*?)---\*\//.exec(source)?.[1] ?? "") ?? {};
  const facts: Readonly<Record<string, unknown>> = typeof matter === "object" && matter !== null ? { ...matter } : {};
  return {
    source,
    includes: textsOf(facts.includes),
    flags: textsOf(facts.flags),
    features: textsOf(facts.features),
    negative: negativeOf(facts.negative),
  };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function negativeOf(value: unknown): Program["negative"] {
  if (typeof value !== "object" || value === null || !("type" in value) || !("phase" in value)) return null;
  return { phase: String(value.phase), type: String(value.type) };
}
