import { method, shadow } from "./own-property.js";

/** Told what a stream's consumer sees, and once how it ends. Implementations never throw. */
export interface StreamOutcome {
  chunk(value: unknown): void;
  end(): void;
  fail(thrown: unknown): void;
}

/** An asynchronous stream: `for await` reads it, and it is no ordinary container. */
export function isStream(value: object): boolean {
  return method(value, Symbol.asyncIterator) !== undefined;
}

/**
 * Observes a stream through its own object: nothing is read ahead, copied or
 * delayed. False when the object can't be observed (frozen).
 */
export function observeStream(stream: object, outcome: StreamOutcome): boolean {
  // An iterator is its own stream: asking it for an iterator again would be seen by its author.
  if (method(stream, "next") !== undefined) return observeIterator(stream, outcome);
  const iterate = method(stream, Symbol.asyncIterator);
  if (iterate === undefined) return false;
  const undo = shadow(stream, Symbol.asyncIterator, () => {
    undo?.();
    const iterator = iterate();
    if (typeof iterator !== "object" || iterator === null || !observeIterator(iterator, outcome)) outcome.end();
    return iterator;
  });
  return undo !== undefined;
}

function observeIterator(iterator: object, outcome: StreamOutcome): boolean {
  const undo: (() => void)[] = [];
  let over = false;
  const finish = (report: () => void) => {
    if (over) return;
    over = true;
    for (const each of undo) each();
    report();
  };
  const seen = (result: unknown) => {
    if (typeof result !== "object" || result === null || over) return;
    if (Reflect.get(result, "done") === true) finish(() => outcome.end());
    else outcome.chunk(Reflect.get(result, "value"));
  };
  for (const key of ["next", "return", "throw"] as const) {
    const original = method(iterator, key);
    if (original === undefined) continue;
    const undone = shadow(iterator, key, (...values: readonly unknown[]) => {
      const step = attempt(
        () => original(...values),
        (thrown) => finish(() => outcome.fail(thrown)),
      );
      if (step instanceof Promise) {
        // Whoever asked for the step waits for it too, so listening hides no rejection.
        step.then(seen, (thrown: unknown) => finish(() => outcome.fail(thrown)));
      } else seen(step);
      return step;
    });
    if (undone === undefined) return false;
    undo.push(undone);
  }
  return undo.length > 0;
}

function attempt(work: () => unknown, failed: (thrown: unknown) => void): unknown {
  try {
    return work();
  } catch (thrown) {
    failed(thrown);
    throw thrown;
  }
}
