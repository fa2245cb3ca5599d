import type { Reporter } from "../report.js";
import type { EncodedRecord, Exporter } from "./record.js";

/** What encoded records may wait for one destination before further ones are dropped: 64 MiB. */
const MAX_BYTES = 64 * 1_048_576;
/** From here on records had better wait in the pipeline's queue: 8 MiB. */
const FULL_BYTES = 8 * 1_048_576;
const BATCH_BYTES = 1_048_576;
const BATCH_RECORDS = 1000;

/** An exporter with work under way between calls. */
export interface LaneExporter extends Exporter {
  /** Gives up what is under way, without counting it, and says how many records that was. It stays usable. */
  abandon?(): number;
  /** How long, in ms until now, a request may have kept the process from ending. */
  heldMs?(): number;
}

/** How a lane reaches its exporter. */
export interface LaneDestination {
  readonly name: Exporter["name"];
  readonly wantsStart: boolean;
  /** Loads and prepares the exporter; null, warned about, when there is nowhere to send. */
  open(): Promise<LaneExporter | null>;
  /** Delivers without the exporter, when the process leaves before it was loaded; returns how many. Never throws. */
  sendUnopened?(records: readonly EncodedRecord[]): number;
}

/** The way to one destination: batches one after the other, independent of other lanes, bounded. */
export class Lane {
  readonly wantsStart: boolean;
  readonly #destination: LaneDestination;
  readonly #reporter: Reporter;
  /** Called when the lane can take more than before. */
  readonly #onRoom: () => void;
  /** undefined until it is known. */
  #exporter: LaneExporter | null | undefined;
  #waiting: EncodedRecord[] = [];
  #waitingBytes = 0;
  #sendingBytes = 0;
  #sending = false;
  #closed = false;
  /** Records taken so far, and how many of them are settled; settling is in order. */
  #taken = 0;
  #settled = 0;
  #waiters: Array<{ readonly mark: number; readonly resolve: () => void }> = [];
  #lostSpans = 0;

  constructor(destination: LaneDestination, reporter: Reporter, onRoom: () => void) {
    this.wantsStart = destination.wantsStart;
    this.#destination = destination;
    this.#reporter = reporter;
    this.#onRoom = onRoom;
    destination.open().then(
      (exporter) => this.#opened(exporter),
      (error) => {
        reporter.internalError(`opening the ${destination.name} exporter`, error);
        this.#opened(null);
      },
    );
  }

  /** Whether it takes records gladly, could later, or never will. */
  get room(): "now" | "later" | "never" {
    if (this.#exporter === null || this.#closed) return "never";
    return this.#exporter !== undefined && this.#waitingBytes + this.#sendingBytes < FULL_BYTES ? "now" : "later";
  }

  /** Records neither acknowledged nor given up. */
  get outstanding(): number {
    return this.#taken - this.#settled;
  }

  /** Spans that `leave` could not deliver, so far. */
  get lostSpans(): number {
    return this.#lostSpans;
  }

  offer(record: EncodedRecord): void {
    if (this.room === "never") {
      this.#reporter.counters.droppedExport++;
      return;
    }
    if (this.#waitingBytes + this.#sendingBytes + record.json.length > MAX_BYTES) {
      this.#reporter.counters.droppedExport++;
      const { name } = this.#destination;
      this.#reporter.warnOnce(`full:${name}`, `the ${name} exporter is more than 64 MiB behind; spans are dropped.`);
      return;
    }
    this.#waiting.push(record);
    this.#waitingBytes += record.json.length;
    this.#taken++;
  }

  /** Sends the next batch unless one is on its way. */
  kick(): void {
    const exporter = this.#exporter;
    if (this.#sending || this.#waiting.length === 0 || exporter === undefined || exporter === null) return;
    void this.#send(exporter);
  }

  /** Resolves when everything taken until now is settled. */
  settled(): Promise<void> {
    const mark = this.#taken;
    if (this.#settled >= mark) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ mark, resolve }));
  }

  /**
   * The process leaves: delivers what it can at this instant, gives up the rest
   * and counts it. Should the process live on after all, so does the lane.
   */
  leave(): void {
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      const delivered = this.#sendSync(batch);
      this.#reporter.counters.droppedAtExit += batch.length - delivered;
      for (const record of batch.slice(delivered)) if (record.type !== "start") this.#lostSpans++;
      this.#settle(batch.length);
    }
    const abandoned = this.#exporter?.abandon?.() ?? 0;
    this.#reporter.counters.droppedAtExit += abandoned;
    this.#lostSpans += abandoned;
  }

  heldMs(): number {
    return this.#exporter?.heldMs?.() ?? 0;
  }

  /** Gives up and counts what is left, and takes nothing any more. */
  close(): void {
    this.#closed = true;
    this.#drop();
    this.#exporter?.close();
  }

  #opened(exporter: LaneExporter | null): void {
    this.#exporter = exporter;
    if (exporter === null) this.#drop();
    else if (this.#closed) exporter.close();
    else this.kick();
    this.#onRoom();
  }

  async #send(exporter: LaneExporter): Promise<void> {
    this.#sending = true;
    const before = this.#waitingBytes;
    const batch = this.#takeBatch();
    this.#sendingBytes = before - this.#waitingBytes;
    try {
      await exporter.send(batch);
    } catch (error) {
      this.#reporter.internalError(`the ${this.#destination.name} exporter`, error);
    }
    this.#sending = false;
    this.#sendingBytes = 0;
    this.#settle(batch.length);
    this.#onRoom();
    // In a turn of its own, because the files exporter works synchronously.
    if (this.#waiting.length > 0) setImmediate(() => this.kick());
  }

  #sendSync(batch: readonly EncodedRecord[]): number {
    try {
      if (this.#exporter !== undefined) return this.#exporter?.sendSync(batch) ?? 0;
      return this.#destination.sendUnopened?.(batch) ?? 0;
    } catch (error) {
      this.#reporter.internalError(`the ${this.#destination.name} exporter`, error);
      return 0;
    }
  }

  #drop(): void {
    const count = this.#waiting.length;
    this.#reporter.counters.droppedExport += count;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#settle(count);
  }

  #takeBatch(): EncodedRecord[] {
    let bytes = 0;
    let count = 0;
    for (const { json } of this.#waiting) {
      if (count > 0 && (count === BATCH_RECORDS || bytes + json.length > BATCH_BYTES)) break;
      bytes += json.length;
      count++;
    }
    this.#waitingBytes -= bytes;
    return this.#waiting.splice(0, count);
  }

  #settle(count: number): void {
    this.#settled += count;
    this.#waiters = this.#waiters.filter(({ mark, resolve }) => {
      if (mark > this.#settled) return true;
      resolve();
      return false;
    });
  }
}
