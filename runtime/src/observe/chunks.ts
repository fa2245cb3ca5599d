import type { Snapshot } from "../capture/snapshot.js";
import type { Json } from "../json.js";
import { now } from "../span/clock.js";
import { hasModel } from "../span/kinds.js";
import type { Span } from "../span/span.js";
import type { Ending } from "./ending.js";

/** Where chunks come from: a stream's are one output in pieces, a generator's yielded values are a list. */
export type ChunkSource = "stream" | "generator";

/** How many chunks the expressions of a tag get to see as `result`; of a longer stream these are the first. */
const MOST_LIVE = 10_000;

/** What passes through one stream or generator, captured all together under the limits of one value. */
export class Chunks {
  readonly #span: Span;
  readonly #ending: Ending;
  readonly #source: ChunkSource;
  readonly #snapshot: Snapshot;
  readonly #captured: Json[] = [];
  readonly #live: unknown[] = [];
  #seen = 0;
  /** The newest chunk beyond the limits: usage and finish reason come last. */
  #newest: Json | undefined;

  constructor(span: Span, ending: Ending, source: ChunkSource) {
    this.#span = span;
    this.#ending = ending;
    this.#source = source;
    this.#snapshot = span.newSnapshot();
  }

  add(chunk: unknown): void {
    if (this.#seen++ === 0) this.#span.timeToFirstChunk = (now() - this.#span.start) / 1000;
    if (this.#ending.needsResult && this.#live.length < MOST_LIVE) this.#live.push(chunk);
    if (!this.#ending.captures) return;
    if (this.#snapshot.full) {
      this.#newest = this.#span.copy(chunk, this.#span.newSnapshot());
      return;
    }
    const taken = this.#span.copy(chunk, this.#snapshot);
    if (taken !== undefined) this.#captured.push(taken);
  }

  /** Ends the span well. `returned` is what a generator returned beside what it yielded. */
  finish(returned?: unknown): void {
    if (this.#seen === 0 && returned !== undefined) {
      if (this.#ending.captures) this.#span.output = this.#span.capture(returned);
      this.#ending.before(returned);
    } else {
      this.#keep();
      this.#ending.before(this.#live);
    }
    this.#span.finish();
  }

  /** Ends the span although its consumer has not come to an end; what had passed stays. */
  abandon(note: string): void {
    this.#span.notes = [...this.#span.notes, note];
    this.finish();
  }

  /** Ends the span with what was thrown; what had passed stays. */
  fail(thrown: unknown): void {
    this.#keep();
    this.#span.setError(thrown);
    this.#span.finish();
  }

  #keep(): void {
    if (!this.#ending.captures || this.#seen === 0) return;
    if (this.#newest !== undefined) {
      this.#captured.push(this.#newest);
      this.#span.notes = [...this.#span.notes, `the output is cut: ${this.#seen} chunks passed`];
    }
    this.#span.streamed = this.#source === "stream" || hasModel(this.#span.kind);
    this.#span.output = this.#span.redacted(this.#captured);
  }
}
