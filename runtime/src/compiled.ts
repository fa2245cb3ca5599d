/**
 * What generated code calls; not for hand-written code. Nothing here throws into
 * the program, and with tracing off each call is one branch.
 */

import { configureFromEnvironment } from "./activation.js";
import { type AttributesThunk, type CompiledSpan, type InputThunk, openCompiledSpan } from "./compiled-span.js";
import { endWithError, endWithSettled, followResult } from "./observe/span-outcome.js";
import type { AttributeName, Site, SiteDefinition } from "./site.js";
import { state } from "./state.js";

configureFromEnvironment();

/** The constant of a traced place. `atEnd`: computed attributes that wait for the end. */
export function site(definition: SiteDefinition, atEnd: readonly AttributeName[] = []): Site {
  return { ...definition, atEnd };
}

/** A traced call of a plain function: `body` is its body, run at once and in the span's context. */
export function run<Result>(at: Site, input: InputThunk, body: () => Result, attributes?: AttributesThunk): Result {
  const runtime = state.active;
  if (runtime === null) return body();
  const opened = openCompiledSpan(runtime, at, input, attributes);
  if (opened === undefined) return body();
  let result: Result;
  try {
    result = state.storage.run(opened.span, body);
  } catch (error) {
    endWithError(opened.span, error);
    throw error;
  }
  try {
    return followResult(opened.span, result, at.returns ?? "fresh", opened.ending);
  } catch (error) {
    runtime.reporter.internalError("follow", error);
    return result;
  }
}

/** A traced call of an async function, which awaits the body itself and reports how that went. */
export interface OpenCall {
  run<Result>(body: () => Result): Result;
  /** Gives back the value. */
  ok<Value>(value: Value): Value;
  /** Gives back the thrown value. */
  err(thrown: unknown): unknown;
}

export function open(at: Site, input: InputThunk, attributes?: AttributesThunk): OpenCall {
  const runtime = state.active;
  if (runtime === null) return OFF;
  const opened = openCompiledSpan(runtime, at, input, attributes);
  return opened === undefined ? OFF : new TracedCall(opened);
}

const OFF: OpenCall = {
  run: (body) => body(),
  ok: (value) => value,
  err: (thrown) => thrown,
};

class TracedCall implements OpenCall {
  readonly #opened: CompiledSpan;

  constructor(opened: CompiledSpan) {
    this.#opened = opened;
  }

  run<Result>(body: () => Result): Result {
    return state.storage.run(this.#opened.span, body);
  }

  ok<Value>(value: Value): Value {
    try {
      endWithSettled(this.#opened.span, value, this.#opened.ending);
    } catch (error) {
      state.reporter.internalError("ok", error);
    }
    return value;
  }

  err(thrown: unknown): unknown {
    try {
      endWithError(this.#opened.span, thrown);
    } catch (error) {
      state.reporter.internalError("err", error);
    }
    return thrown;
  }
}
