import { run, site } from "../../src/compiled.js";
import type { SpanKind } from "../../src/span/kinds.js";
import { type Event, traced } from "../traced.js";

/** What a span says of a result that finished later. */
export interface Seen {
  readonly output: unknown;
  readonly notes: readonly string[];
  readonly error: unknown;
}

/** A call of a traced plain function named `name`. */
export function call<Result>(name: string, body: () => Result, kind: SpanKind = "task"): Result {
  const definition = { id: name, kind, name, function: name, file: "a.ts", line: 1, column: 1 };
  return run(site({ ...definition, returns: "stored" }), null, body);
}

/** The one span of a program, which traces one function and does what it likes with its result. */
export async function spanOf(program: () => unknown): Promise<Seen> {
  const { events } = await traced(program);
  const [event] = events;
  if (event === undefined || events.length > 1) throw new Error(`${events.length} spans, not one`);
  return seen(event);
}

export function seen({ meta }: Event): Seen {
  const { metadata } = meta;
  return { output: meta.output.value, notes: notesIn(metadata), error: meta["error.message"] };
}

function notesIn(metadata: unknown): readonly string[] {
  const { _llmobs }: { readonly _llmobs?: { readonly notes?: readonly string[] } } = Object(metadata);
  return _llmobs?.notes ?? [];
}
