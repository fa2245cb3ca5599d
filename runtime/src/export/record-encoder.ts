import type { Reporter } from "../report.js";
import type { Lane } from "./lane.js";
import type { EncodedEvent, EncodingSteps, RecordType } from "./record.js";
import type { RecordQueue } from "./record-queue.js";

/** From this weight on a record is encoded in steps. */
const LARGE_BYTES = 131_072;

/** A large record on its way. */
interface Large {
  readonly type: RecordType;
  readonly steps: EncodingSteps;
}

/** Takes records out of the queue, encodes them and hands them to the lanes. Never throws. */
export class RecordEncoder {
  readonly #queue: RecordQueue;
  readonly #lanes: readonly Lane[];
  readonly #reporter: Reporter;
  #large: Large | undefined;
  #done = 0;

  constructor(queue: RecordQueue, lanes: readonly Lane[], reporter: Reporter) {
    this.#queue = queue;
    this.#lanes = lanes;
    this.#reporter = reporter;
  }

  /** How many records were taken and are handed on, left out or lost. */
  get done(): number {
    return this.#done;
  }

  /** A large record has been begun and waits for its next step. */
  get isWithin(): boolean {
    return this.#large !== undefined;
  }

  /** Records that are not done: those of the queue and the one begun. */
  get left(): number {
    return this.#queue.length + (this.#large === undefined ? 0 : 1);
  }

  /** Of the record that is next; undefined without any. */
  get nextType(): RecordType | undefined {
    return this.#large?.type ?? this.#queue.next?.type;
  }

  /** Encodes the next record, or does one step of a large one; without `inSteps` none is begun so. */
  encodeNext(inSteps: boolean): void {
    try {
      if (this.#large === undefined) this.#encode(inSteps);
      else this.#step(this.#large);
    } catch (error) {
      if (this.#large !== undefined) this.#done++;
      this.#large = undefined;
      this.#reporter.counters.droppedExport++;
      this.#reporter.internalError("encoding a span", error);
    }
  }

  /** Gives up what is still in the queue; gives how many records that were. */
  clear(): number {
    const { length } = this.#queue;
    this.#done += length;
    this.#queue.clear();
    return length;
  }

  #encode(inSteps: boolean): void {
    const record = this.#queue.take();
    if (record === undefined) return;
    this.#done++;
    const { type } = record;
    if (type === "start" && record.superseded) return;
    if (this.#lanes.every((lane) => lane.room === "never" || !lane.takes(type))) {
      this.#reporter.counters.droppedExport++;
      return;
    }
    const steps = inSteps && record.weight >= LARGE_BYTES ? record.encodeInSteps?.() : undefined;
    if (steps === undefined) {
      this.#handOn(type, record.encode());
    } else {
      this.#done--;
      this.#large = { type, steps };
    }
  }

  #step({ type, steps }: Large): void {
    const { done, value } = steps.next();
    if (!done) return;
    this.#large = undefined;
    this.#done++;
    this.#handOn(type, value);
  }

  #handOn(type: RecordType, event: EncodedEvent | string | null): void {
    if (event === null) return;
    for (const lane of this.#lanes) if (lane.takes(type)) lane.offer(type, event);
  }
}
