import type { Span } from "../span/span.js";
import { state } from "../state.js";
import { Chunks } from "./chunks.js";
import type { Ending } from "./ending.js";
import { ABANDONED } from "./notes.js";
import { type Waiting, waitFor } from "./waiting.js";

/*
 * A generator's body runs in pieces, each in the context of whoever asks for the
 * next value. A driver stands between the generator and its body and enters the
 * span's context for every piece. The generator delegates to it with `yield*`,
 * so early ends, thrown-in errors and return values take their usual way.
 */

/** What generated code hands to `yield*`: only the methods that `yield*` calls. */
export interface Driver {
  next(sent: unknown): unknown;
  return(value: unknown): unknown;
  throw(error: unknown): unknown;
}

/** Drives the body of a generator. */
export class GeneratorDriver implements Driver {
  readonly #span: Span;
  readonly #steps: Steps;
  readonly #body: Iterator<unknown>;

  constructor(span: Span, ending: Ending, body: Iterator<unknown>) {
    this.#span = span;
    this.#steps = stepsOf(this, span, ending);
    this.#body = body;
  }

  next(sent: unknown): IteratorResult<unknown> {
    return this.#step(() => this.#body.next(sent));
  }

  return(value: unknown): IteratorResult<unknown> {
    this.#steps.leaving = true;
    return this.#step(() => this.#body.return?.(value) ?? { done: true, value });
  }

  throw(error: unknown): IteratorResult<unknown> {
    return this.#step(() => {
      if (this.#body.throw === undefined) throw error;
      return this.#body.throw(error);
    });
  }

  [Symbol.iterator](): this {
    return this;
  }

  #step(resume: () => IteratorResult<unknown>): IteratorResult<unknown> {
    let result: IteratorResult<unknown>;
    try {
      result = state.storage.run(this.#span, resume);
    } catch (error) {
      this.#steps.failed(error);
      throw error;
    }
    this.#steps.seen(result);
    return result;
  }
}

/** Drives the body of an async generator. Every call is passed on at once, so the body's own queue keeps the order. */
export class AsyncGeneratorDriver implements Driver {
  readonly #span: Span;
  readonly #steps: Steps;
  readonly #body: AsyncIterator<unknown>;

  constructor(span: Span, ending: Ending, body: AsyncIterator<unknown>) {
    this.#span = span;
    this.#steps = stepsOf(this, span, ending);
    this.#body = body;
  }

  next(sent: unknown): Promise<IteratorResult<unknown>> {
    return this.#step(() => this.#body.next(sent));
  }

  return(value: unknown): Promise<IteratorResult<unknown>> {
    this.#steps.leaving = true;
    return this.#step(() => this.#body.return?.(value) ?? Promise.resolve({ done: true, value }));
  }

  throw(error: unknown): Promise<IteratorResult<unknown>> {
    return this.#step(() => this.#body.throw?.(error) ?? Promise.reject(error));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #step(resume: () => Promise<IteratorResult<unknown>>): Promise<IteratorResult<unknown>> {
    const step = state.storage.run(this.#span, resume);
    // On the side, because a derived promise would cost every step another tick. `yield*` waits for the
    // step too, so no rejection is hidden; async stack traces end here, as V8 follows one listener only.
    step.then(
      (result) => this.#steps.seen(result),
      (error: unknown) => this.#steps.failed(error),
    );
    return step;
  }
}

/** In a function of its own: what ends the span must not lead to the driver. */
function stepsOf(driver: object, span: Span, ending: Ending): Steps {
  const steps = new Steps(span, ending);
  steps.consumed = waitFor(driver, endOf(steps));
  return steps;
}

function endOf(steps: Steps): Waiting {
  return { end: (note) => steps.abandoned(note) };
}

/** Tells the span what its body did. Never throws. */
class Steps {
  readonly #chunks: Chunks;
  consumed: () => void = () => undefined;
  /** The consumer has asked the body to return. */
  leaving = false;

  constructor(span: Span, ending: Ending) {
    this.#chunks = new Chunks(span, ending, "generator");
  }

  seen(result: IteratorResult<unknown>): void {
    this.#guarded(() => {
      if (result.done !== true) {
        this.#chunks.add(result.value);
        return;
      }
      if (this.leaving) this.#chunks.abandon(ABANDONED);
      else this.#chunks.finish(result.value);
      this.consumed();
    });
  }

  failed(error: unknown): void {
    this.#guarded(() => {
      this.#chunks.fail(error);
      this.consumed();
    });
  }

  abandoned(note: string): void {
    this.#guarded(() => this.#chunks.abandon(note));
  }

  #guarded(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      state.reporter.internalError("generator", error);
    }
  }
}
