import { ABANDONED } from "./notes.js";
import { method } from "./own-property.js";
import type { Refusal, Sink } from "./sink.js";
import { observeStep } from "./step.js";
import { stepResult } from "./step-result.js";

/** Observes an iterator, a generator object too, synchronous or not: what it gives, and how it ends. */
export function attachIterator(iterator: object, sink: Sink): Refusal | undefined {
  const fail = (thrown: unknown) => sink.fail(thrown);
  const seen = (result: unknown) => {
    const step = stepResult(result);
    if (step?.done === true) sink.end(step.value);
    else if (step !== undefined) sink.chunk(step.value);
  };
  const left = (result: unknown) => {
    // A `finally` that yields keeps the iterator open.
    if (stepResult(result)?.done === true) sink.abandon(ABANDONED);
  };
  const { properties } = sink;
  const around = (key: "next" | "return" | "throw", ok: (result: unknown) => void) =>
    properties.around(iterator, key, (original) => observeStep(sink, original, { ok, fail }));
  if (around("next", seen) !== true) return "unobservable";
  around("return", left);
  around("throw", seen);
  return undefined;
}

/** `x[Symbol.iterator]() === x`: what can be gone through once, unlike a container. */
export function isIterator(value: object): boolean {
  if (method(value, "next") === undefined) return false;
  const iterate = method(value, Symbol.iterator);
  return iterate !== undefined && Reflect.apply(iterate, value, []) === value;
}
