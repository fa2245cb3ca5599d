import { ABANDONED } from "./notes.js";
import { method } from "./own-property.js";
import type { Refusal, Sink } from "./sink.js";

/** Under these names the OpenAI and Anthropic clients' stream helpers emit what the API sent. */
const CHUNK_EVENTS: ReadonlySet<unknown> = new Set(["chunk", "event", "streamEvent"]);

/** A stream helper of these clients: `chat.completions.stream()`, `responses.stream()`, `messages.stream()`. */
export function isClientStream(value: object): boolean {
  return (
    method(value, "_emit") !== undefined && method(value, "done") !== undefined && method(value, "abort") !== undefined
  );
}

/**
 * Observes a stream helper where it emits: it runs by itself, whoever listens,
 * awaits its final message or goes through it. A listener of ours would hide an
 * error that nobody handles.
 */
export function attachClientStream(stream: object, sink: Sink): Refusal | undefined {
  if (Reflect.get(stream, "ended") === true) return "consumed";
  const observed = sink.properties.around(stream, "_emit", (original, values) => {
    const [event, value] = values;
    if (CHUNK_EVENTS.has(event)) sink.chunk(value);
    else if (event === "error") sink.fail(value);
    else if (event === "abort") sink.abandon(ABANDONED);
    else if (event === "end") sink.end();
    return original();
  });
  return observed === true ? undefined : "unobservable";
}
