import type { Ending } from "../observe/ending.js";
import { endWithError, followResult } from "../observe/span-outcome.js";
import { type Waiting, waitFor } from "../observe/waiting.js";
import type { SpanKind } from "../span/kinds.js";
import { noSpan, type PublicSpan } from "../span/public-span.js";
import type { Span } from "../span/span.js";
import { state } from "../state.js";
import { beginSpan, type SpanOf } from "./begin-span.js";
import { inSpan } from "./in-span.js";
import { checkKind, type KindOptions, type SpanOptions } from "./span-options.js";

/** Ends the span of a callback that declares it as second parameter; an error marks the span as failed. */
export type Done = (error?: unknown) => void;

/** What runs in a span. */
export type SpanCallback<Kind extends SpanKind, Result> = (span: PublicSpan<Kind>, done: Done) => Result;

/** One shortcut a kind: `llmobs.task({ name }, fn)` or `llmobs.task(fn)`. */
export interface Shortcut<Kind extends SpanKind> {
  <Result>(callback: SpanCallback<Kind, Result>): Result;
  <Result>(options: KindOptions<Kind>, callback: SpanCallback<Kind, Result>): Result;
}

/** Nothing is captured by itself: the span's own callback knows what to annotate. */
const TRACE_ENDING: Ending = { captures: false, needsResult: false, before: () => undefined };

export function trace<Kind extends SpanKind, Result>(
  options: SpanOptions<Kind>,
  callback: SpanCallback<Kind, Result>,
): Result {
  checkKind("trace", options);
  const span = beginSpan(options, options.kind);
  if (span === undefined) return callback(noSpan(options), () => undefined);
  return callback.length > 1 ? untilDone(span, callback) : untilReturned(span, callback);
}

function untilReturned<Kind extends SpanKind, Result>(
  span: SpanOf<Kind>,
  callback: SpanCallback<Kind, Result>,
): Result {
  const result = inSpan(span, () => callback(span, () => undefined));
  try {
    return followResult(span, result, "fresh", TRACE_ENDING);
  } catch (error) {
    state.reporter.internalError("follow", error);
    return result;
  }
}

function untilDone<Kind extends SpanKind, Result>(span: SpanOf<Kind>, callback: SpanCallback<Kind, Result>): Result {
  const done: Done = (error) => {
    called();
    if (error === undefined || error === null) span.finish();
    else endWithError(span, error);
  };
  const called = waitFor(done, neverCalled(span));
  return inSpan(span, () => callback(span, done));
}

/** In a function of its own: it must not lead to what is waited for. */
function neverCalled(span: Span): Waiting {
  return {
    end() {
      span.notes = [...span.notes, "done was never called"];
      span.finish();
    },
  };
}

export function shortcut<Kind extends SpanKind>(kind: Kind): Shortcut<Kind> {
  return <Result>(
    first: KindOptions<Kind> | SpanCallback<Kind, Result>,
    second?: SpanCallback<Kind, Result>,
  ): Result => {
    if (typeof first === "function") return trace({ kind }, first);
    if (typeof second !== "function") throw new TypeError(`llmobs.${kind}: a function is needed`);
    return trace({ ...first, kind }, second);
  };
}
