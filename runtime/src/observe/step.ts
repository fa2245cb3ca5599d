import type { Outcome } from "./outcome.js";
import { isPlainPromise, observeStored } from "./promise.js";
import type { Sink } from "./sink.js";

/**
 * Runs one call to a producer and tells how it ends: what it throws or gives at
 * once, or what the promise it gives comes to. The caller gets that very promise
 * and waits for it too, so that listening hides no rejection.
 */
export function observeStep(sink: Sink, call: () => unknown, outcome: Outcome): unknown {
  let result: unknown;
  try {
    result = sink.run(call);
  } catch (thrown) {
    outcome.fail(thrown);
    throw thrown;
  }
  if (typeof result === "object" && result !== null && isPlainPromise(result)) observeStored(result, outcome);
  else outcome.ok(result);
  return result;
}
