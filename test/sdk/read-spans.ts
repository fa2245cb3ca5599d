import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Event {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_id: string;
  readonly name: string;
  readonly status: string;
  readonly session_id?: string;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, unknown>> & {
    readonly input: Readonly<Record<string, unknown>>;
    readonly output: Readonly<Record<string, unknown>>;
  };
  readonly metrics: Readonly<Record<string, number>>;
  readonly _dd: Readonly<Record<string, unknown>>;
}

/** The finished spans in a folder of local files, in the order they finished. */
export function readSpans(folder: string): readonly Event[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
    .map((line): { readonly type: string; readonly event: Event } => JSON.parse(line))
    .flatMap(({ type, event }) => (type === "span" ? [event] : []));
}
