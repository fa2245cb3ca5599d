import { instrument } from "@llmobs/transformer";
import { parseSync } from "oxc-parser";

const tag = "/** @llmobs task */ ";

export interface Tagged {
  /** The source with a tag at every function that may have one, on the lines that it had. */
  readonly text: string;
  readonly tags: number;
  /** Codes of what the compiler refused to trace, of tags that are left out again. */
  readonly refused: readonly string[];
}

type Lang = "js" | "jsx" | "ts" | "tsx";

/**
 * Tags every function of a source: declarations, methods, accessors and function expressions; not constructors, nor what
 * the compiler refuses, which is counted. A source that does not parse stays as it is.
 */
export function tagEveryFunction(source: string, filename: string, format: "commonjs" | "module"): Tagged {
  const refused: string[] = [];
  let places = placesOf(source, filename, format);
  // A refusal may uncover another one; each turn takes at least one tag away.
  for (let turns = places.length; turns > 0; turns--) {
    const text = withTags(source, places);
    const { diagnostics } = instrument(text, { filename, root: "/", format, sourceMap: false });
    const faults = diagnostics.filter(({ severity }) => severity === "error");
    if (faults.length === 0) return { text, tags: places.length, refused };
    const lost = new Set(faults.map(({ line, column }) => placeAt(text, line, column)));
    const kept = places.filter((place, index) => !lost.has(place + index * tag.length));
    if (kept.length === places.length) break;
    refused.push(...faults.map(({ code }) => code));
    places = kept;
  }
  return { text: source, tags: 0, refused };
}

function withTags(source: string, places: readonly number[]): string {
  const ends = [...places.slice(1), source.length];
  return (
    source.slice(0, places[0] ?? source.length) +
    places.map((place, index) => tag + source.slice(place, ends[index])).join("")
  );
}

/** Diagnostics point at the tag inside its comment. */
function placeAt(text: string, line: number, column: number): number {
  const lines = text.split(/(?<=\r\n|[\n\u2028\u2029]|\r(?!\n))/);
  const offset = lines.slice(0, line - 1).reduce((length, each) => length + each.length, 0) + column - 1;
  return text.lastIndexOf("/**", offset);
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" && "start" in value
  );
}

function placesOf(source: string, filename: string, format: "commonjs" | "module"): readonly number[] {
  const extension = filename.slice(filename.lastIndexOf(".") + 1).replace(/^[cm]/, "");
  const lang: Lang = extension === "tsx" || extension === "ts" || extension === "jsx" ? extension : "js";
  const { program, errors } = parseSync(filename, source, {
    lang,
    sourceType: format === "module" ? "module" : "commonjs",
    showSemanticErrors: true,
  });
  if (errors.length > 0) return [];
  const places = new Set<number>();
  const visit = (value: unknown, parent: Node | null, grandparent: Node | null): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each, parent, grandparent);
      return;
    }
    if (!isNode(value)) return;
    const place = placeOf(value, parent, grandparent);
    if (place !== null) places.add(place);
    for (const [key, child] of Object.entries(value)) if (key !== "parent") visit(child, value, parent);
  };
  visit(program, null, null);
  return [...places].sort((one, other) => one - other);
}

/** Where the tag of a function stands, by what holds it. */
function placeOf(node: Node, parent: Node | null, grandparent: Node | null): number | null {
  switch (node.type) {
    case "ArrowFunctionExpression":
      return node.start;
    case "FunctionExpression":
      if (parent?.type === "MethodDefinition") return parent.kind === "constructor" ? null : parent.start;
      if (parent?.type === "Property" && (parent.method === true || parent.kind !== "init")) return parent.start;
      return node.start;
    case "FunctionDeclaration":
      if (parent !== null && /^Export(Named|Default)Declaration$/.test(parent.type)) return parent.start;
      // `label: function f() {}` is no place for a comment of its own.
      return parent?.type === "LabeledStatement" || grandparent?.type === "LabeledStatement" ? null : node.start;
    default:
      return null;
  }
}
