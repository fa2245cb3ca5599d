/**
 * What generated code calls; not for hand-written code. Nothing here throws into
 * the program, and with tracing off each call is one branch.
 */

import { configureFromEnvironment } from "./activation.js";
import {
  type AttributesThunk,
  type CompiledSpan,
  type InputThunk,
  type OpenCall,
  openCompiledSpan,
} from "./compiled-span.js";
import { AsyncGeneratorDriver, GeneratorDriver } from "./observe/drive-generator.js";
import { isAsyncFunction } from "./observe/promise.js";
import { endWithError, followResult } from "./observe/span-outcome.js";
import type { AttributeName, Site, SiteDefinition } from "./site.js";
import { state } from "./state.js";
import { type Call, type Lookup, tracedCall, tracedMemberCall } from "./traced-calls.js";

export type { OpenCall } from "./compiled-span.js";
export { superOf } from "./super-of.js";

configureFromEnvironment();

/** The constant of a traced place. `atEnd`: computed attributes that wait for the end. */
export function site(definition: SiteDefinition, atEnd: readonly AttributeName[] = []): Site {
  return { ...definition, atEnd };
}

/**
 * A traced call of a plain function, or a block: `body` is its body, run at once and in the span's context.
 * `returns` says whether a promise of it may be one that others hold.
 */
export function run<Result>(
  at: Site,
  input: InputThunk,
  body: () => Result,
  attributes?: AttributesThunk,
  returns: "fresh" | "stored" = at.returns ?? "fresh",
): Result {
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
    return followResult(opened.span, result, returns, opened.ending);
  } catch (error) {
    runtime.reporter.internalError("follow", error);
    opened.span.finish();
    return result;
  }
}

/** A traced call where it is written, of a value or of what `super` found; undefined leaves it out. */
export function call(
  at: Site,
  attributes: AttributesThunk | null,
  callee: unknown,
  receiver?: unknown,
): Call | undefined {
  return tracedCall(state.active === null ? null : runCall, at, attributes, callee, receiver);
}

/** The same of a member. `lookup` is given the object, and each further one what the one before it found. */
export function callMember(
  at: Site,
  attributes: AttributesThunk | null,
  object: unknown,
  lookup: Lookup,
  ...more: readonly Lookup[]
): Call | undefined {
  return tracedMemberCall(state.active === null ? null : runCall, at, attributes, object, lookup, more);
}

function runCall(
  at: Site,
  input: InputThunk,
  body: () => unknown,
  attributes: AttributesThunk,
  callee: unknown,
): unknown {
  return run(at, input, body, attributes, isAsyncFunction(callee) ? "fresh" : at.returns);
}

/** A traced call of an async function, or a block that waits. */
export function open(at: Site, input: InputThunk, attributes?: AttributesThunk): OpenCall {
  const runtime = state.active;
  if (runtime === null) return UNTRACED;
  return openCompiledSpan(runtime, at, input, attributes) ?? UNTRACED;
}

const UNTRACED: OpenCall = {
  run: (body) => body(),
  ok: (value) => value,
  err: (thrown) => thrown,
};

/**
 * A traced call of a generator function, for its `yield*`: `body` is the generator
 * of its body, not yet begun. The span lasts from here to the body's end.
 */
export function generator<Body extends Iterator<unknown>>(
  at: Site,
  input: InputThunk,
  body: Body,
  attributes?: AttributesThunk,
): Body | GeneratorDriver {
  const runtime = state.active;
  if (runtime === null) return body;
  const opened = openCompiledSpan(runtime, at, input, attributes);
  return opened === undefined
    ? body
    : driven(opened, body, () => new GeneratorDriver(opened.span, opened.ending, body));
}

/** The same for an async generator function. */
export function asyncGenerator<Body extends AsyncIterator<unknown>>(
  at: Site,
  input: InputThunk,
  body: Body,
  attributes?: AttributesThunk,
): Body | AsyncGeneratorDriver {
  const runtime = state.active;
  if (runtime === null) return body;
  const opened = openCompiledSpan(runtime, at, input, attributes);
  return opened === undefined
    ? body
    : driven(opened, body, () => new AsyncGeneratorDriver(opened.span, opened.ending, body));
}

/** The body itself where it can't be driven, which is counted. */
function driven<Body, Driver>({ span }: CompiledSpan, body: Body, drive: () => Driver): Body | Driver {
  try {
    return drive();
  } catch (error) {
    state.reporter.internalError("drive", error);
    span.finish();
    return body;
  }
}
