import { asciiLength, writeAscii } from "./ascii.js";
import type { EncodedEvent, RecordType } from "./record.js";

/** What a destination wants around records and between them; pure ASCII. */
export interface Framing {
  readonly open: string;
  before(type: RecordType): string;
  readonly after: string;
  readonly between: string;
  readonly close: string;
}

/** The most records in one batch (dd-trace 6.21 buffers as many). */
export const BATCH_RECORDS = 1000;
/** Where a batch that would hold more than one record ends, in bytes. */
export const BATCH_BYTES = 1_048_576;
/** How far text may be written beyond what it needs; see `writeAscii`. */
const SLACK = 4;

/** Encoded records in the very bytes that are sent or written: pure ASCII, at least one record once sealed. */
export class Batch {
  readonly #framing: Framing;
  readonly #bytes: Uint8Array;
  /** Where each record's event begins and ends, alternating. */
  readonly #places: number[] = [];
  readonly #types: RecordType[] = [];
  #end: number;

  /** @param bytes the batch's own until it is recycled; their content does not matter */
  constructor(framing: Framing, bytes: Uint8Array) {
    this.#framing = framing;
    this.#bytes = bytes;
    this.#end = writeAscii(framing.open, bytes, 0, bytes.length) ?? 0;
  }

  /** A batch of this one record, however large it is. */
  static of(framing: Framing, type: RecordType, event: EncodedEvent | string): Batch {
    const around = framing.open.length + framing.before(type).length + framing.after.length + framing.close.length;
    const length = typeof event === "string" ? asciiLength(event) : event.length;
    const batch = new Batch(framing, allocate(around + length + SLACK));
    batch.append(type, event);
    return batch;
  }

  get records(): number {
    return this.#types.length;
  }

  /** Records that are not only announcements of a span's start. */
  get spans(): number {
    return this.#types.reduce((sum, type) => (type === "start" ? sum : sum + 1), 0);
  }

  /** In bytes, with what closes it. */
  get size(): number {
    return this.#end + this.#framing.close.length;
  }

  /** Whether the record was taken; a batch that does not take one is full. */
  append(type: RecordType, event: EncodedEvent | string): boolean {
    const { before, between, after, close } = this.#framing;
    if (this.records === BATCH_RECORDS) return false;
    const limit = this.#bytes.length - close.length;
    const apart = this.records === 0 ? this.#end : this.#write(between, this.#end, limit);
    const start = this.#write(before(type), apart, limit);
    const end = this.#write(event, start, limit - after.length);
    if (start === undefined || end === undefined) return false;
    this.#places.push(start, end);
    this.#types.push(type);
    this.#end = writeAscii(after, this.#bytes, end, limit) ?? end;
    return true;
  }

  #write(event: EncodedEvent | string, at: number | undefined, limit: number): number | undefined {
    if (at === undefined) return undefined;
    if (typeof event === "string") return writeAscii(event, this.#bytes, at, limit);
    const { bytes, length } = event;
    if (at + length > limit) return undefined;
    this.#bytes.set(bytes.subarray(0, length), at);
    return at + length;
  }

  /** The finished bytes, valid until the batch is recycled. */
  body(): Uint8Array {
    const end = writeAscii(this.#framing.close, this.#bytes, this.#end, this.#bytes.length) ?? this.#end;
    return this.#bytes.subarray(0, end);
  }

  type(index: number): RecordType {
    return this.#types[index] ?? "span";
  }

  /** One record's event without what frames it. */
  event(index: number): Uint8Array {
    return this.#bytes.subarray(this.#places[2 * index], this.#places[2 * index + 1]);
  }

  /** Two batches with half of the records each, in order. */
  halves(): readonly [Batch, Batch] {
    const middle = this.records >> 1;
    return [this.#part(0, middle), this.#part(middle, this.records)];
  }

  #part(from: number, to: number): Batch {
    const part = new Batch(this.#framing, allocate(this.#bytes.length));
    const decoder = new TextDecoder();
    for (let index = from; index < to; index++) part.append(this.type(index), decoder.decode(this.event(index)));
    return part;
  }

  /** The bytes, to be used again; the batch is of no use from then on. */
  recycle(): Uint8Array {
    return this.#bytes;
  }
}

/** Memory outside of the garbage collected heap; untouched pages cost nothing. */
export function allocate(size: number): Uint8Array {
  return typeof Buffer === "function" ? Buffer.allocUnsafeSlow(size) : new Uint8Array(size);
}
