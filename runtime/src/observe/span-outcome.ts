import type { Span } from "../span/span.js";
import type { Ending } from "./ending.js";
import { consumed, unobserved } from "./notes.js";
import { method } from "./own-property.js";
import { followPromise, isPlainPromise } from "./promise.js";
import type { Attach, Refusal } from "./sink.js";
import { SpanFollower } from "./span-follower.js";
import { streamKind } from "./stream-kind.js";
import { follow } from "./tap.js";
import { attachThenable } from "./thenable.js";

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
  if (isPlainPromise(result)) {
    return followPromise(result, returns, {
      ok: (value) => endWithSettled(span, value, ending),
      fail: (thrown) => endWithError(span, thrown),
    });
  }
  if (method(result, "then") === undefined) endWithSettled(span, result, ending);
  else followObject(span, result, attachThenable, "promise", ending);
  return result;
}

/** For a value that is no promise any more: an async function's result, or what a promise resolved to. */
export function endWithSettled(span: Span, value: unknown, ending: Ending): void {
  const attach = typeof value === "object" && value !== null ? streamKind(value) : undefined;
  if (attach === undefined || typeof value !== "object" || value === null) endWithValue(span, value, ending);
  else followObject(span, value, attach, "stream", ending);
}

function followObject(span: Span, target: object, attach: Attach, what: "promise" | "stream", ending: Ending): void {
  const refusal = follow(target, attach, new SpanFollower(span, ending));
  if (refusal !== undefined) endWithNote(span, REFUSED[refusal](what), ending);
}

const REFUSED: Readonly<Record<Refusal, typeof consumed>> = { unobservable: unobserved, consumed };

export function endWithNote(span: Span, note: string, ending: Ending): void {
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
