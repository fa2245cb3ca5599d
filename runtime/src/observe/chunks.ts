import type { Snapshot } from "../capture/snapshot.js";
import { cutText, truncationMark } from "../capture/truncation.js";
import type { Json } from "../json.js";
import { isOpeningEvent } from "../recognise/live/opening-event.js";
import { now } from "../span/clock.js";
import { hasModel } from "../span/kinds.js";
import type { Span } from "../span/span.js";
import { ByteText } from "./byte-text.js";
import type { Ending } from "./ending.js";

/** Where chunks come from: a stream's are one output in pieces, a generator's yielded values are a list. */
export type ChunkSource = "stream" | "generator";

/** How many chunks the expressions of a tag get to see as `result`; of a longer stream these are the first. */
const MOST_LIVE = 10_000;

/** A copy under limits of its own. */
interface Apart {
  readonly taken: Json | undefined;
  readonly snapshot: Snapshot;
}

/** What passes through one stream or generator, captured all together under the limits of one value. */
export class Chunks {
  readonly #span: Span;
  readonly #ending: Ending;
  /** The pieces of one output, which is one text if they all are. */
  readonly #joined: boolean;
  readonly #snapshot: Snapshot;
  readonly #captured: Json[] = [];
  readonly #live: unknown[] = [];
  readonly #bytes = new ByteText();
  #seen = 0;
  #firstAfter: number | undefined;
  /** Units of text beyond the limits. */
  #missing = 0;
  /** The newest other chunk beyond the limits: usage and finish reason come last. */
  #newest: Apart | undefined;
  #aside: Apart | undefined;

  constructor(span: Span, ending: Ending, source: ChunkSource) {
    this.#span = span;
    this.#ending = ending;
    this.#joined = source === "stream" || hasModel(span.kind);
    this.#snapshot = span.newSnapshot();
  }

  add(chunk: unknown): void {
    this.#seen++;
    if (this.#firstAfter === undefined && !isOpeningEvent(chunk)) this.#firstAfter = (now() - this.#span.start) / 1000;
    if (this.#ending.needsResult && this.#live.length < MOST_LIVE) this.#live.push(chunk);
    if (!this.#ending.captures) return;
    const text = this.#joined ? this.#textOf(chunk) : chunk;
    if (typeof text === "string") this.#addText(text);
    else if (this.#snapshot.full) this.#newest = this.#copyApart(text);
    else this.#push(this.#span.copy(text, this.#snapshot));
  }

  /** Kept behind the last chunk of a model call, whose tokens it may tell. */
  aside(value: unknown): void {
    if (this.#ending.captures && hasModel(this.#span.kind)) this.#aside = this.#copyApart(value);
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

  /** Of bytes their text; anything else as it is. */
  #textOf(chunk: unknown): unknown {
    try {
      const bytes = bytesOf(chunk);
      return bytes === undefined ? chunk : this.#bytes.read(bytes);
    } catch {
      // A trap or getter threw.
      return chunk;
    }
  }

  #copyApart(chunk: unknown): Apart {
    const snapshot = this.#span.newSnapshot();
    return { taken: this.#span.copy(chunk, snapshot), snapshot };
  }

  #addText(text: string): void {
    const kept = cutText(text, this.#snapshot.left);
    this.#missing += text.length - kept.length;
    if (kept !== "" || text === "") this.#push(this.#span.copy(kept, this.#snapshot));
  }

  #push(taken: Json | undefined): void {
    if (taken !== undefined) this.#captured.push(taken);
  }

  #keep(): void {
    if (this.#seen === 0) return;
    this.#span.timeToFirstChunk = this.#firstAfter;
    if (!this.#ending.captures) return;
    this.#span.weigh(this.#snapshot);
    if (this.#missing > 0) this.#captured.push(truncationMark(this.#missing));
    if (this.#newest !== undefined) {
      this.#push(this.#newest.taken);
      this.#span.weigh(this.#newest.snapshot);
      this.#span.notes = [...this.#span.notes, `the output is cut: ${this.#seen} chunks passed`];
    }
    if (this.#aside !== undefined) {
      this.#push(this.#aside.taken);
      this.#span.weigh(this.#aside.snapshot);
    }
    this.#span.streamed = this.#joined;
    this.#span.output = this.#bytes.isText
      ? this.#span.redacted(this.#captured)
      : this.#span.capture(this.#bytes.description);
  }
}

function bytesOf(chunk: unknown): Uint8Array | undefined {
  if (chunk instanceof Uint8Array) return chunk;
  return chunk instanceof ArrayBuffer ? new Uint8Array(chunk) : undefined;
}
