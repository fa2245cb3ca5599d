import type { Span } from "../span/span.js";
import { Chunks } from "./chunks.js";
import type { Ending } from "./ending.js";
import { endWithError, endWithNote, endWithSettled } from "./span-outcome.js";
import type { Waiting } from "./waiting.js";

/** A span that waits for an object and ends with it, once. Never leads to the object. */
export class SpanFollower implements Waiting {
  readonly span: Span;
  readonly #ending: Ending;
  #chunks: Chunks | undefined;
  #over = false;

  constructor(span: Span, ending: Ending) {
    this.span = span;
    this.#ending = ending;
  }

  get over(): boolean {
    return this.#over;
  }

  chunk(value: unknown): void {
    if (this.#over) return;
    this.#chunks ??= new Chunks(this.span, this.#ending, "stream");
    this.#chunks.add(value);
  }

  value(value: unknown): void {
    this.#once(() => endWithSettled(this.span, value, this.#ending));
  }

  /** The stream came to its end. */
  finish(): void {
    this.#once(() => (this.#chunks ?? new Chunks(this.span, this.#ending, "stream")).finish());
  }

  fail(thrown: unknown): void {
    this.#once(() => {
      if (this.#chunks === undefined) endWithError(this.span, thrown);
      else this.#chunks.fail(thrown);
    });
  }

  end(note: string): void {
    this.#once(() => {
      if (this.#chunks === undefined) endWithNote(this.span, note, this.#ending);
      else this.#chunks.abandon(note);
    });
  }

  #once(work: () => void): void {
    if (this.#over) return;
    this.#over = true;
    work();
  }
}
