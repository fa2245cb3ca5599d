import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnableOptions } from "../src/index.js";
import { llmobs } from "../src/index.js";

export interface Event {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly status: string;
  readonly session_id?: string;
  readonly duration: number;
  readonly start_ns: number;
  readonly meta: Readonly<Record<string, unknown>> & {
    readonly input: Readonly<Record<string, unknown>>;
    readonly output: Readonly<Record<string, unknown>>;
  };
  readonly metrics: Readonly<Record<string, number>>;
  readonly _dd: Readonly<Record<string, string>> & { readonly apm_trace_id: string };
}

/** Runs the program with tracing into a folder of its own and gives back the finished spans by name. */
export async function traced(
  program: () => unknown,
  options: EnableOptions = {},
): Promise<{ readonly events: readonly Event[]; event(name: string): Event }> {
  const dir = mkdtempSync(join(tmpdir(), "llmobs-test-"));
  process.env.LLMOBS_EXPORTERS = "files";
  try {
    llmobs.enable({ dir, mlApp: "test-app", ...options });
    await program();
    await llmobs.shutdown();
    const events = readdirSync(dir)
      .filter((name) => name.endsWith(".ndjson"))
      .flatMap((name) => readFileSync(join(dir, name), "utf8").trimEnd().split("\n"))
      .map((line): { type: string; event: Event } => JSON.parse(line))
      .flatMap(({ type, event }) => (type === "span" ? [event] : []));
    return {
      events,
      event(name) {
        const found = events.find((each) => each.name === name);
        if (found === undefined) throw new Error(`no span ${name} among ${events.map((each) => each.name).join()}`);
        return found;
      },
    };
  } finally {
    llmobs.disable();
    delete process.env.LLMOBS_EXPORTERS;
    rmSync(dir, { recursive: true, force: true });
  }
}
