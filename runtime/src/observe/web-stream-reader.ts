import { isErrored } from "./node-stream.js";
import { ABANDONED, UNSEEN } from "./notes.js";
import { property } from "./own-property.js";
import { isPlainPromise, observeStored } from "./promise.js";
import type { Sink } from "./sink.js";
import { observeStep } from "./step.js";
import { stepResult } from "./step-result.js";

/** Observes a reader of a web stream: what it reads, and that the stream closes. */
export function attachReader(reader: object, stream: object, sink: Sink): void {
  let reads = 0;
  let pending = 0;
  let released = false;
  let isClosed = false;
  const ended = () => (reads === 0 ? sink.abandon(UNSEEN) : sink.end());
  // A reader that was released, or called wrongly, fails too.
  const failed = (thrown: unknown) => {
    if (isErrored(stream) ?? !released) sink.fail(thrown);
  };
  const { properties } = sink;
  properties.around(reader, "read", (original) => {
    reads++;
    pending++;
    return observeStep(sink, original, {
      ok(result) {
        pending--;
        const step = stepResult(result);
        if (step?.done === true) sink.end();
        else if (step !== undefined) sink.chunk(step.value);
        if (isClosed && pending === 0) ended();
      },
      fail(thrown) {
        pending--;
        failed(thrown);
      },
    });
  });
  properties.around(reader, "releaseLock", (original) => {
    released = true;
    return original();
  });
  properties.around(reader, "cancel", (original) => {
    if (!released) sink.abandon(ABANDONED);
    return original();
  });
  const closed = property(reader, "closed");
  if (typeof closed !== "object" || closed === null || !isPlainPromise(closed)) return;
  // Marked as handled by the stream itself. It comes before the last chunk does where that was asked for already.
  const close = () => {
    isClosed = true;
    if (pending === 0) queueMicrotask(ended);
  };
  observeStored(closed, { ok: close, fail: failed });
}
