import { attachIterator } from "./iterator.js";
import { ABANDONED, UNSEEN } from "./notes.js";
import { method, property } from "./own-property.js";
import { type Refusal, type Sink, through } from "./sink.js";

/** Observes the first time that an object is gone through with `for await`. */
export function attachAsyncIterable(stream: object, sink: Sink): Refusal | undefined {
  // An iterator is its own stream: asking it for an iterator again would be seen by its author.
  if (method(stream, "next") !== undefined) return attachIterator(stream, sink);
  let begun = false;
  const observed = abortable(stream, sink);
  const begin = (original: () => unknown) => {
    const iterator = sink.run(original);
    if (begun) return iterator;
    begun = true;
    const refused = typeof iterator !== "object" || iterator === null || attachIterator(iterator, observed);
    if (refused) sink.abandon(UNSEEN);
    return iterator;
  };
  if (sink.properties.around(stream, Symbol.asyncIterator, begin) !== true) return "unobservable";
  // `tee()` of the OpenAI and Anthropic clients' streams asks this for the iterator.
  if (hasController(stream)) sink.properties.around(stream, "iterator", begin);
  return undefined;
}

/** Streams of these clients end quietly when their controller is aborted. */
function abortable(stream: object, sink: Sink): Sink {
  if (!hasController(stream)) return sink;
  return through(sink, {
    end: (returned) => (isAborted(stream) ? sink.abandon(ABANDONED) : sink.end(returned)),
  });
}

function hasController(stream: object): boolean {
  return property(stream, "controller") instanceof AbortController;
}

function isAborted(stream: object): boolean {
  const controller = property(stream, "controller");
  return controller instanceof AbortController && controller.signal.aborted;
}
