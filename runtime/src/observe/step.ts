import { type Outcome, tell } from "./outcome.js";
import { deriveFrom, isPlainPromise } from "./promise.js";
import type { Sink } from "./sink.js";

/**
 * Runs one call to a producer and tells how it ends: what it throws or gives at
 * once, or what the promise it gives comes to. That promise was made for the
 * caller, who gets one derived from it: a rejection that nobody handles is still
 * reported, and async stacks go through.
 */
export function observeStep(sink: Sink, call: () => unknown, outcome: Outcome): unknown {
  let result: unknown;
  try {
    result = sink.run(call);
  } catch (thrown) {
    tell(outcome, "fail", thrown);
    throw thrown;
  }
  if (typeof result === "object" && result !== null && isPlainPromise(result)) return deriveFrom(result, outcome);
  tell(outcome, "ok", result);
  return result;
}
