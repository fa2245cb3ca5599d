import { builtin } from "../node-builtins.js";
import type { Outcome } from "./outcome.js";

const isNativePromise = builtin("node:util")?.types.isPromise;
const then = Promise.prototype.then;

/** A plain native promise: not a subclass, not a thenable, no `then` of its own. */
export function isPlainPromise(value: object): value is Promise<unknown> {
  const native = isNativePromise?.(value) ?? value instanceof Promise;
  return native && Object.getPrototypeOf(value) === Promise.prototype && !Object.hasOwn(value, "then");
}

/** Its author gave it properties, which one derived from it lacks. Node's own marks on a promise are symbols. */
export function isExtended(promise: Promise<unknown>): boolean {
  return Object.getOwnPropertyNames(promise).length > 0;
}

/**
 * For a promise that the function made anew: one derived from it is handed on, so
 * that an unhandled rejection is still reported and async stacks go through.
 */
export function observeFresh(promise: Promise<unknown>, outcome: Outcome): Promise<unknown> {
  return Reflect.apply(then, promise, [
    (value: unknown) => {
      outcome.ok(value);
      return value;
    },
    (thrown: unknown) => {
      outcome.fail(thrown);
      throw thrown;
    },
  ]);
}

/**
 * For a promise that others may hold: it stays the same object and is listened to
 * on the side, so that no copy that nobody awaits can report a false rejection.
 */
export function observeStored(promise: Promise<unknown>, outcome: Outcome): void {
  Reflect.apply(then, promise, [(value: unknown) => outcome.ok(value), (thrown: unknown) => outcome.fail(thrown)]);
}
