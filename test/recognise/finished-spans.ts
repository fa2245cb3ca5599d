import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The parts of the wire's event that tests of results look at. */
export interface FinishedSpan {
  readonly name: string;
  readonly status: string;
  readonly meta: {
    readonly output: { readonly messages?: readonly { readonly content: string }[]; readonly value?: string };
    readonly metadata: { readonly _llmobs: { readonly notes?: readonly string[] } };
    readonly "error.message"?: string;
  };
  readonly metrics: Readonly<Record<string, number>>;
}

/** The finished spans in a folder of local files, in the order in which they ended. */
export function finishedSpans(folder: string): readonly FinishedSpan[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
    .map((line): { type: string; event: FinishedSpan } => JSON.parse(line))
    .flatMap(({ type, event }) => (type === "span" ? [event] : []));
}
