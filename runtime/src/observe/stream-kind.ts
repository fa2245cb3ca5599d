import { builtin } from "../node-builtins.js";
import { attachAsyncIterable } from "./async-iterable.js";
import { attachAiSdkResult, attachCarried, carriedStream, isAiSdkResult } from "./carried-stream.js";
import { attachClientStream, isClientStream } from "./client-stream.js";
import { attachIterator, isIterator } from "./iterator.js";
import { attachNodeStream, isNodeStream } from "./node-stream.js";
import { method } from "./own-property.js";
import { attachResponse, isResponse } from "./response.js";
import type { Attach } from "./sink.js";
import { attachWebStream, isWebStream } from "./web-stream.js";

const isProxy = builtin("node:util")?.types.isProxy;

/**
 * How to observe a stream; undefined for a value. Streams are iterators, what has
 * `Symbol.asyncIterator`, web streams, responses with a body, Node streams and
 * results of known clients that carry one; any other iterable is a value.
 */
export function streamKind(value: object): Attach | undefined {
  try {
    if (Array.isArray(value)) return undefined;
    const iterable = method(value, Symbol.asyncIterator) !== undefined;
    // Of a proxy every property may be a remote call, and every one there.
    if (isProxy?.(value)) return iterable ? attachAsyncIterable : undefined;
    if (!iterable && Object.getPrototypeOf(value) === Object.prototype) return plainObjectKind(value);
    if (isNodeStream(value)) return attachNodeStream;
    if (isWebStream(value)) return attachWebStream;
    if (isClientStream(value)) return attachClientStream;
    // A page of a list is all there, though `for await` would go on to the next ones: OpenAI, Anthropic.
    if (method(value, "getPaginatedItems") !== undefined) return undefined;
    if (iterable) return attachAsyncIterable;
    if (isIterator(value)) return attachIterator;
    if (isResponse(value)) return attachResponse;
    if (isAiSdkResult(value)) return attachAiSdkResult;
    return carriedStream(value) === undefined ? undefined : attachCarried;
  } catch {
    // A trap or getter threw.
    return undefined;
  }
}

/** Most results are: the way for them is short. */
function plainObjectKind(value: object): Attach | undefined {
  if (isIterator(value)) return attachIterator;
  return carriedStream(value) === undefined ? undefined : attachCarried;
}
