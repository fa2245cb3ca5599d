import type { Snapshot } from "../capture/snapshot.js";
import type { Json } from "../json.js";
import { now } from "../span/clock.js";
import type { Span } from "../span/span.js";
import { isExtended, isPlainPromise, observeFresh, observeStored } from "./promise.js";
import { isStream, observeStream } from "./stream.js";
import { observeThenable } from "./thenable.js";

/** What happens to a span when its function's result is known, besides ending it. */
export interface Ending {
  /** Capture the result as the span's output. */
  readonly captures: boolean;
  /** `before` looks at what it is given, so the chunks of a stream are kept for it. */
  readonly needsResult: boolean;
  /** Before the span ends, with the awaited value or the chunks of a stream. Never throws. */
  before(result: unknown): void;
}

/**
 * Follows a result to where the work really ends, and ends the span there: a
 * value now, a promise when it settles, a stream when its consumer is done.
 * Gives back what the caller of the traced function is to get.
 */
export function followResult<Result>(span: Span, result: Result, returns: "fresh" | "stored", ending: Ending): Result;
export function followResult(span: Span, result: unknown, returns: "fresh" | "stored", ending: Ending): unknown {
  if ((typeof result !== "object" && typeof result !== "function") || result === null) {
    endWithValue(span, result, ending);
    return result;
  }
  const outcome = {
    ok: (value: unknown) => endWithSettled(span, value, ending),
    fail: (thrown: unknown) => endWithError(span, thrown),
  };
  if (isPlainPromise(result)) {
    if (returns === "fresh" && !isExtended(result)) return observeFresh(result, outcome);
    observeStored(result, outcome);
    return result;
  }
  const observed = observeThenable(result, outcome);
  if (observed === undefined) endWithSettled(span, result, ending);
  else if (!observed) endUnobserved(span, "promise", ending);
  return result;
}

/** For a value that is no promise any more: an async function's result, or what a promise resolved to. */
export function endWithSettled(span: Span, value: unknown, ending: Ending): void {
  if (typeof value !== "object" || value === null || !isStream(value)) {
    endWithValue(span, value, ending);
    return;
  }
  const chunks = new Chunks(span, ending);
  const observed = observeStream(value, {
    chunk: (chunk) => chunks.add(chunk),
    end: () => chunks.finish(),
    fail: (thrown) => {
      chunks.close();
      endWithError(span, thrown);
    },
  });
  if (!observed) endUnobserved(span, "stream", ending);
}

function endUnobserved(span: Span, what: "promise" | "stream", ending: Ending): void {
  span.notes = [...span.notes, `the ${what} could not be observed; the span ends where it was returned`];
  endWithValue(span, undefined, ending);
}

export function endWithError(span: Span, thrown: unknown): void {
  span.setError(thrown);
  span.finish();
}

function endWithValue(span: Span, value: unknown, ending: Ending): void {
  if (ending.captures) span.output = span.capture(value);
  ending.before(value);
  span.finish();
}

/** The chunks of one stream, captured as they pass: all together under the limits of one value. */
class Chunks {
  readonly #span: Span;
  readonly #ending: Ending;
  readonly #snapshot: Snapshot;
  readonly #captured: Json[] = [];
  readonly #live: unknown[] = [];
  #seen = 0;
  /** The newest chunk beyond the limits: usage and finish reason come last. */
  #newest: Json | undefined;

  constructor(span: Span, ending: Ending) {
    this.#span = span;
    this.#ending = ending;
    this.#snapshot = span.newSnapshot();
  }

  add(chunk: unknown): void {
    if (this.#seen++ === 0) this.#span.timeToFirstChunk = (now() - this.#span.start) / 1000;
    if (this.#snapshot.full) {
      this.#newest = this.#span.capture(chunk);
      return;
    }
    if (this.#ending.needsResult) this.#live.push(chunk);
    const taken = this.#ending.captures ? this.#span.capture(chunk, this.#snapshot) : undefined;
    if (taken !== undefined) this.#captured.push(taken);
  }

  close(): void {
    const { captures } = this.#ending;
    if (!captures) return;
    if (this.#newest !== undefined) {
      this.#captured.push(this.#newest);
      this.#span.notes = [...this.#span.notes, `the output is cut: ${this.#seen} chunks passed`];
    }
    this.#span.streamed = true;
    this.#span.output = this.#captured;
  }

  finish(): void {
    this.close();
    this.#ending.before(this.#live);
    this.#span.finish();
  }
}
