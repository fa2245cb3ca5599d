import type { Span } from "../span/span.js";
import { Chunks } from "./chunks.js";
import type { Ending } from "./ending.js";
import { isExtended, isPlainPromise, observeFresh, observeStored } from "./promise.js";
import { isStream, observeStream } from "./stream.js";
import { observeThenable } from "./thenable.js";

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
  const chunks = new Chunks(span, ending, "stream");
  const observed = observeStream(value, {
    chunk: (chunk) => chunks.add(chunk),
    end: () => chunks.finish(),
    fail: (thrown) => chunks.fail(thrown),
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
