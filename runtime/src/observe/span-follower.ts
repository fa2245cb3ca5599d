import type { Span } from "../span/span.js";
import { Chunks } from "./chunks.js";
import type { Ending } from "./ending.js";
import { endWithError, endWithNote, endWithSettled } from "./span-outcome.js";
import type { Waiting } from "./waiting.js";

/** A span that waits for an object and ends with it, once; then it is let go. Never leads to the object. */
export class SpanFollower implements Waiting {
  readonly #ending: Ending;
  #span: Span | undefined;
  #chunks: Chunks | undefined;

  constructor(span: Span, ending: Ending) {
    this.#span = span;
    this.#ending = ending;
  }

  /** Undefined once it has ended. */
  get span(): Span | undefined {
    return this.#span;
  }

  chunk(value: unknown): void {
    if (this.#span === undefined) return;
    this.#chunks ??= new Chunks(this.#span, this.#ending, "stream");
    this.#chunks.add(value);
  }

  aside(value: unknown): void {
    this.#chunks?.aside(value);
  }

  value(value: unknown): void {
    this.#once((span) => endWithSettled(span, value, this.#ending));
  }

  /** The stream came to its end. */
  finish(returned?: unknown): void {
    this.#once((span, chunks) => (chunks ?? new Chunks(span, this.#ending, "stream")).finish(returned));
  }

  fail(thrown: unknown): void {
    this.#once((span, chunks) => {
      if (chunks === undefined) endWithError(span, thrown);
      else chunks.fail(thrown);
    });
  }

  end(note: string): void {
    this.#once((span, chunks) => {
      if (chunks === undefined) endWithNote(span, note, this.#ending);
      else chunks.abandon(note);
    });
  }

  #once(end: (span: Span, chunks: Chunks | undefined) => void): void {
    const span = this.#span;
    const chunks = this.#chunks;
    this.#span = undefined;
    this.#chunks = undefined;
    if (span !== undefined) end(span, chunks);
  }
}
