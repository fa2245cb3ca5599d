import { attachIterator } from "./iterator.js";
import { isDisturbed } from "./node-stream.js";
import { ABANDONED, UNSEEN } from "./notes.js";
import { method, property } from "./own-property.js";
import { type Refusal, type Sink, through } from "./sink.js";
import { observeStep } from "./step.js";
import { branchSinks } from "./stream-branches.js";
import { attachReader } from "./web-stream-reader.js";
import { relay } from "./web-stream-relay.js";

/** A `ReadableStream`, of this platform or another's making. */
export function isWebStream(value: object): boolean {
  return (
    method(value, "getReader") !== undefined &&
    method(value, "tee") !== undefined &&
    typeof property(value, "locked") === "boolean"
  );
}

/** One with own properties of ours, or of somebody who did the same. */
export function isObserved(stream: object): boolean {
  return Object.hasOwn(stream, "getReader");
}

/**
 * Observes a web stream at its readers, iterators, branches and pipes. What Node
 * itself does with one (`new Response(stream)`, uploads with `fetch`,
 * `Readable.fromWeb`, `pipeline`) comes this way too; a transfer to another
 * thread and `new ReadableStreamDefaultReader(stream)` do not.
 * https://streams.spec.whatwg.org/#rs-class
 */
export function attachWebStream(stream: object, sink: Sink): Refusal | undefined {
  if (property(stream, "locked") === true || isDisturbed(stream)) return "consumed";
  const { properties } = sink;
  let readers = 0;
  const observed = properties.around(stream, "getReader", (original) => {
    const reader = original();
    readers++;
    if (typeof reader === "object" && reader !== null) attachReader(reader, stream, sink);
    return reader;
  });
  if (observed !== true) return "unobservable";
  for (const key of ["values", Symbol.asyncIterator]) {
    properties.around(stream, key, (original) => {
      const before = readers;
      const iterator = original();
      if (typeof iterator !== "object" || iterator === null || iterator === stream) return iterator;
      // One that somebody wrote, not the platform, takes a reader of this very stream, then or with its first step.
      const chunk = (value: unknown) => readers === before && sink.chunk(value);
      attachIterator(iterator, through(sink, { chunk }));
      return iterator;
    });
  }
  properties.around(stream, "tee", (original) => {
    const result = original();
    if (!Array.isArray(result)) return result;
    for (const [index, branch] of branchSinks(sink, result.length).entries()) attachWebStream(result[index], branch);
    return result;
  });
  properties.around(stream, "cancel", (original) => {
    if (property(stream, "locked") === false) sink.abandon(ABANDONED);
    return original();
  });
  for (const key of ["pipeTo", "pipeThrough"] as const) {
    properties.around(stream, key, (original, values) => {
      const piped = property(stream, "locked") === false ? relay(stream, key, values, sink) : undefined;
      return piped === undefined ? unseen(original, sink) : piped.result;
    });
  }
  return undefined;
}

/** A pipe of another's making: only its end is known. */
function unseen(original: () => unknown, sink: Sink): unknown {
  return observeStep(sink, original, { ok: () => sink.abandon(UNSEEN), fail: (thrown) => sink.fail(thrown) });
}
