import { type Settled, settledResult } from "../recognise/live/ai-sdk-settled.js";
import { attachAsyncIterable } from "./async-iterable.js";
import { ABANDONED } from "./notes.js";
import { method } from "./own-property.js";
import { type Refusal, type Sink, through } from "./sink.js";
import { attachWebStream, isWebStream } from "./web-stream.js";

/** Getters of the AI SDK's results; each read divides the one stream behind them. */
const AI_SDK_STREAMS = [
  "fullStream",
  "stream",
  "textStream",
  "partialOutputStream",
  "partialObjectStream",
  "elementStream",
] as const;

/** What `streamText` and `streamObject` of the AI SDK give. */
export function isAiSdkResult(value: object): boolean {
  return "fullStream" in value && "textStream" in value;
}

/** Observes the streams of the result when somebody asks for one: the first that gives something tells it. */
export function attachAiSdkResult(result: object, sink: Sink): Refusal | undefined {
  let first: string | undefined;
  let observed = false;
  let inside = false;
  for (const key of AI_SDK_STREAMS) {
    const put = sink.properties.aroundGetter(result, key, (original) => {
      // One may be made of another: what somebody asked for is what they read.
      if (inside) return original();
      inside = true;
      let stream: unknown;
      try {
        stream = sink.run(original);
      } finally {
        inside = false;
      }
      if (typeof stream === "object" && stream !== null && isWebStream(stream)) attachWebStream(stream, only(key));
      return stream;
    });
    observed ||= put === true;
  }
  return observed ? undefined : "unobservable";

  function only(key: string): Sink {
    const ifFirst = (tell: () => void) => {
      first ??= key;
      if (first === key) tell();
    };
    return through(sink, {
      chunk: (value) => ifFirst(() => sink.chunk(value)),
      end: () => ifFirst(() => ended(settledResult(result))),
      fail: (thrown) => ifFirst(() => sink.fail(thrown)),
      abandon: (note) => ifFirst(() => sink.abandon(note)),
    });
  }

  /** Its streams end quietly however the call went. */
  function ended(settled: Settled | undefined): void {
    if (settled?.type === "rejected") {
      if (isAbort(settled.error)) sink.abandon(ABANDONED);
      else sink.fail(settled.error);
      return;
    }
    if (settled !== undefined) sink.aside(settled.value);
    sink.end();
  }
}

/** What an `AbortController` gives as its reason. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** The stream that a result of Bedrock or Google's older client carries, among data that says whose it is. */
export function carriedStream(value: object): object | undefined {
  if (!("$metadata" in value) && !("response" in value)) return undefined;
  for (const key of ["stream", "body"]) {
    const stream: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    if (typeof stream === "object" && stream !== null && method(stream, Symbol.asyncIterator) !== undefined) {
      return stream;
    }
  }
  return undefined;
}

export function attachCarried(carrier: object, sink: Sink): Refusal | undefined {
  const stream = carriedStream(carrier);
  return stream === undefined ? "unobservable" : attachAsyncIterable(stream, sink);
}
