import { ABANDONED } from "./notes.js";
import { method, property } from "./own-property.js";
import type { Refusal, Sink } from "./sink.js";
import { observeStep } from "./step.js";

/** Observes an iterator, a generator object too, synchronous or not: what it gives, and how it ends. */
export function attachIterator(iterator: object, sink: Sink): Refusal | undefined {
  const fail = (thrown: unknown) => sink.fail(thrown);
  const seen = (result: unknown) => {
    if (typeof result !== "object" || result === null) return;
    if (property(result, "done")) sink.end();
    else sink.chunk(property(result, "value"));
  };
  const left = (result: unknown) => {
    // A `finally` that yields keeps the iterator open.
    if (typeof result === "object" && result !== null && property(result, "done")) sink.abandon(ABANDONED);
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
