import { attachNodeStream, isErrored, isNodeStream } from "./node-stream.js";
import { method, property } from "./own-property.js";
import { type Refusal, type Sink, through } from "./sink.js";
import { observeStep } from "./step.js";
import { branchSinks } from "./stream-branches.js";
import { attachWebStream, isObserved, isWebStream } from "./web-stream.js";

/** A `Response` that has a body, of this platform or another's making. */
export function isResponse(value: object): boolean {
  return (
    typeof property(value, "bodyUsed") === "boolean" &&
    typeof property(value, "status") === "number" &&
    method(value, "arrayBuffer") !== undefined &&
    isObject(property(value, "body"))
  );
}

/** Observes the body of a response, and what its methods make of it. https://fetch.spec.whatwg.org/#response-class */
export function attachResponse(response: object, sink: Sink): Refusal | undefined {
  const body = property(response, "body");
  if (property(response, "bodyUsed") === true || !isObject(body)) return "consumed";
  const whole = new WholeBody(sink, body);
  const refusal = isNodeStream(body) ? attachNodeStream(body, whole.sink) : attachWebStream(body, whole.sink);
  if (refusal === undefined) whole.attachMethods(response);
  return refusal;
}

/** A body whose end waits for the method that reads it whole: what that makes of it says more than the text. */
class WholeBody {
  /** For what reads the body. */
  readonly sink: Sink;
  readonly #sink: Sink;
  readonly #body: object;
  #seen = false;
  #ended = false;
  /** Methods that are reading. */
  #reading = 0;

  constructor(sink: Sink, body: object) {
    this.#sink = sink;
    this.#body = body;
    this.sink = through(sink, {
      chunk: (value) => {
        this.#seen = true;
        sink.chunk(value);
      },
      end: () => {
        this.#ended = true;
        if (this.#reading === 0) sink.end();
      },
      // A Node stream closes behind its end.
      abandon: (note) => {
        if (!this.#ended) sink.abandon(note);
      },
    });
  }

  attachMethods(response: object): void {
    this.#whole(response, "json", (value) => this.#sink.value(value));
    for (const key of ["text", "arrayBuffer", "bytes"]) this.#whole(response, key, (value) => this.#content(value));
    for (const key of ["blob", "formData"]) this.#whole(response, key, () => this.#sink.end());
    this.#sink.properties.around(response, "clone", (original) => {
      const copy = original();
      if (!isObject(copy)) return copy;
      this.attachMethods(copy);
      // Where the platform divides the body without its `tee`, both have bodies that nobody observes.
      for (const [index, sink] of branchSinks(this.sink, 2).entries()) {
        const body = property(index === 0 ? response : copy, "body");
        if (isObject(body) && isWebStream(body) && !isObserved(body)) attachWebStream(body, sink);
      }
      return copy;
    });
  }

  #whole(response: object, key: string, read: (value: unknown) => void): void {
    this.#sink.properties.around(response, key, (original) => {
      this.#reading++;
      return observeStep(this.#sink, original, {
        ok: (value) => {
          this.#reading--;
          read(value);
        },
        fail: (thrown) => {
          this.#reading--;
          // The body was no JSON, or was in use: that is no fault of who gave it.
          if (this.#ended && this.#reading === 0) this.#sink.end();
          else if (isErrored(this.#body) ?? true) this.#sink.fail(thrown);
        },
      });
    });
  }

  #content(value: unknown): void {
    if (!this.#seen) this.#sink.chunk(value);
    this.#sink.end();
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
