import type { Outcome } from "./outcome.js";
import { method, shadow } from "./own-property.js";

/**
 * Lazy thenables and promise subclasses (database queries, API promises) start
 * their work when `then` is called: they are never called, awaited or replaced.
 * An own `then` on the object notes how the first caller's wait ends.
 * Undefined for what is no thenable, false when the object can't be observed.
 */
export function observeThenable(target: object, outcome: Outcome): boolean | undefined {
  const original = method(target, "then");
  if (original === undefined) return undefined;
  let undo: (() => void) | undefined;
  const settle = (report: () => void) => {
    if (undo === undefined) return;
    undo();
    undo = undefined;
    report();
  };
  undo = shadow(target, "then", (onFulfilled: unknown, onRejected: unknown) =>
    original(
      (value: unknown) => {
        settle(() => outcome.ok(value));
        return typeof onFulfilled === "function" ? onFulfilled(value) : value;
      },
      (thrown: unknown) => {
        settle(() => outcome.fail(thrown));
        if (typeof onRejected === "function") return onRejected(thrown);
        throw thrown;
      },
    ),
  );
  return undo !== undefined;
}
