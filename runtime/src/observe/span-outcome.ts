import type { Span } from "../span/span.js";
import { Chunks } from "./chunks.js";
import type { Ending } from "./ending.js";
import type { Outcome } from "./outcome.js";
import { isExtended, isPlainPromise, observeFresh, observeStored } from "./promise.js";
import { isStream, observeStream } from "./stream.js";
import { observeThenable } from "./thenable.js";
import { waitFor } from "./waiting.js";

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
  const outcome: Outcome = {
    ok: (value) => endWithSettled(span, value, ending),
    fail: (thrown) => endWithError(span, thrown),
  };
  if (isPlainPromise(result)) {
    if (returns === "fresh" && !isExtended(result)) return observeFresh(result, outcome);
    observeStored(result, outcome);
    return result;
  }
  const consumed = waitFor(result, { end: (note) => endWithNote(span, note, ending) });
  const observed = observeThenable(result, whenConsumed(outcome, consumed));
  if (observed === true) return result;
  consumed();
  if (observed === undefined) endWithSettled(span, result, ending);
  else endWithNote(span, unobserved("promise"), ending);
  return result;
}

/** For a value that is no promise any more: an async function's result, or what a promise resolved to. */
export function endWithSettled(span: Span, value: unknown, ending: Ending): void {
  if (typeof value !== "object" || value === null || !isStream(value)) {
    endWithValue(span, value, ending);
    return;
  }
  const chunks = new Chunks(span, ending, "stream");
  const consumed = waitFor(value, { end: (note) => chunks.abandon(note) });
  const observed = observeStream(value, {
    chunk: (chunk) => chunks.add(chunk),
    end() {
      consumed();
      chunks.finish();
    },
    fail(thrown) {
      consumed();
      chunks.fail(thrown);
    },
  });
  if (observed) return;
  consumed();
  endWithNote(span, unobserved("stream"), ending);
}

function whenConsumed(outcome: Outcome, consumed: () => void): Outcome {
  return {
    ok(value) {
      consumed();
      outcome.ok(value);
    },
    fail(thrown) {
      consumed();
      outcome.fail(thrown);
    },
  };
}

function unobserved(what: "promise" | "stream"): string {
  return `the ${what} could not be observed; the span ends where it was returned`;
}

function endWithNote(span: Span, note: string, ending: Ending): void {
  span.notes = [...span.notes, note];
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
