import type { ExportRecord } from "./record.js";

/** First in, first out; adding and taking cost the same however many wait. */
export class RecordQueue {
  /** Records from `#head` on wait; the places before it are cleared. */
  #records: Array<ExportRecord | undefined> = [];
  #head = 0;
  #bytes = 0;

  get length(): number {
    return this.#records.length - this.#head;
  }

  /** The sum of the weights, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The one that `take` would take. */
  get next(): ExportRecord | undefined {
    return this.#records[this.#head];
  }

  add(record: ExportRecord): void {
    this.#records.push(record);
    this.#bytes += record.weight;
  }

  take(): ExportRecord | undefined {
    const record = this.#records[this.#head];
    if (record === undefined) return undefined;
    this.#records[this.#head++] = undefined;
    this.#bytes -= record.weight;
    if (this.#head === this.#records.length) {
      this.clear();
    } else if (this.#head >= 4096 && this.#head * 2 >= this.#records.length) {
      this.#records = this.#records.slice(this.#head);
      this.#head = 0;
    }
    return record;
  }

  clear(): void {
    this.#records = [];
    this.#head = 0;
    this.#bytes = 0;
  }
}
