import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What these tests look at of a span's event on the wire. */
export interface Event {
  readonly name: string;
  readonly status: string;
  readonly meta: {
    readonly input: unknown;
    readonly output: unknown;
    readonly model_name?: string;
    readonly model_provider?: string;
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly tool_definitions?: unknown;
  };
  readonly metrics: Readonly<Record<string, number>>;
}

/** The finished spans of all span files in a folder. */
export function eventsIn(folder: string): readonly Event[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ndjson"))
    .flatMap((file) => readFileSync(join(folder, file), "utf8").trimEnd().split("\n"))
    .map((line): { type: string; event: Event } => JSON.parse(line))
    .flatMap(({ type, event }) => (type === "span" ? [event] : []));
}
