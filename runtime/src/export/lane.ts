import type { Reporter } from "../report.js";
import { allocate, BATCH_BYTES, Batch, type Framing } from "./batch.js";
import type { Losses } from "./losses.js";
import type { EncodedEvent, RecordType } from "./record.js";

/** What encoded records may wait for one destination before further ones are dropped: 64 MiB. */
const MAX_BYTES = 64 * 1_048_576;
/** From here on records had better wait in the pipeline's queue: 8 MiB. */
const FULL_BYTES = 8 * 1_048_576;
/** One is sent while the next is filled. */
const SPARE_BUFFERS = 2;

/** What became of a batch. A `reason` reads after "12 records were dropped: ". */
export type Outcome =
  | { readonly result: "delivered" }
  | { readonly result: "refused"; readonly reason: string }
  /** Fewer records at once may be taken. */
  | { readonly result: "too-large"; readonly reason: string }
  /** Nobody waits for it any more. */
  | { readonly result: "abandoned" };

/** What became of a batch as the process left. `spilled`: kept in a folder for the next process. */
export type LastOutcome = "delivered" | "spilled" | "lost";

/** One destination. No member ever throws or rejects. */
export interface LaneExporter {
  /** Resolves when the batch is acknowledged or given up; counting is the lane's. */
  send(batch: Batch): Promise<Outcome>;
  /** Called as the process leaves: whatever can be done at this instant. */
  leave(batch: Batch): LastOutcome;
  /** Gives up what is under way. It stays usable. */
  abandon(): void;
  /** Somebody waits: pauses between attempts are over, unless the server asked for them. */
  hurry(): void;
  /** How long, in ms until now, a request may have kept the process from ending. */
  heldMs(): number;
  /** Releases sockets and descriptors. */
  close(): void;
}

/** How a lane reaches its exporter. */
export interface LaneDestination {
  readonly name: string;
  readonly takes: readonly RecordType[];
  readonly framing: Framing;
  /** The most bytes in one batch, which is then a single large record. */
  readonly maxBytes: number;
  /** Loads and prepares the exporter; null, warned about, when there is nowhere to send. */
  open(): Promise<LaneExporter | null>;
  /** `leave` without the exporter, when the process ends before it was loaded. Never throws. */
  leaveUnopened(batch: Batch): LastOutcome;
}

/** The way to one destination: batches one after the other, independent of other lanes, bounded. */
export class Lane {
  readonly #destination: LaneDestination;
  readonly #batchBytes: number;
  readonly #reporter: Reporter;
  readonly #losses: Losses;
  /** Called when the lane can take more than before. */
  readonly #onRoom: () => void;
  /** undefined until it is known. */
  #exporter: LaneExporter | null | undefined;
  #filling: Batch | undefined;
  readonly #full: Batch[] = [];
  #sending: Batch | undefined;
  readonly #spare: Uint8Array[] = [];
  /** The size of all batches but the one being filled. */
  #bytes = 0;
  /** What is being filled is to go without being full. */
  #due = false;
  #closed = false;
  /** Records taken so far, and how many of them are settled; settling is in order. */
  #taken = 0;
  #settled = 0;
  #waiters: Array<{ readonly mark: number; readonly resolve: () => void }> = [];
  #lostSpans = 0;

  constructor(destination: LaneDestination, reporter: Reporter, losses: Losses, onRoom: () => void) {
    this.#destination = destination;
    this.#batchBytes = Math.min(destination.maxBytes, BATCH_BYTES);
    this.#reporter = reporter;
    this.#losses = losses;
    this.#onRoom = onRoom;
    destination.open().then(
      (exporter) => this.#opened(exporter),
      (error) => {
        reporter.internalError(`opening the ${destination.name} exporter`, error);
        this.#opened(null);
      },
    );
  }

  takes(type: RecordType): boolean {
    return this.#destination.takes.includes(type);
  }

  /** Whether it takes records gladly, could later, or never will. */
  get room(): "now" | "later" | "never" {
    if (this.#exporter === null || this.#closed) return "never";
    return this.#exporter !== undefined && this.#bytes < FULL_BYTES ? "now" : "later";
  }

  /** Records neither acknowledged nor given up. */
  get outstanding(): number {
    return this.#taken - this.#settled;
  }

  /** Spans that `leave` could not deliver, so far. */
  get lostSpans(): number {
    return this.#lostSpans;
  }

  /** @param event one line of JSON: text with any character in it, or bytes */
  offer(type: RecordType, event: EncodedEvent | string): void {
    const { name, framing, maxBytes } = this.#destination;
    if (this.room === "never") {
      this.#reporter.counters.droppedExport++;
      return;
    }
    if (this.#bytes + (this.#filling?.size ?? 0) + event.length > MAX_BYTES) {
      this.#losses.add("droppedExport", 1, `the ${name} exporter is more than 64 MiB behind`);
      return;
    }
    if (!this.#current().append(type, event)) {
      this.#seal();
      if (!this.#current().append(type, event)) {
        const own = Batch.of(framing, type, event);
        if (own.size > maxBytes) {
          this.#losses.add("droppedExport", 1, `a record of ${own.size} bytes is more than ${name} takes`);
          return;
        }
        this.#seal();
        this.#filling = own;
        this.#seal();
      }
    }
    this.#taken++;
  }

  /** Sends the next batch unless one is on its way; `due`: full or not. */
  kick(due: boolean): void {
    this.#due ||= due && this.#filling !== undefined;
    const exporter = this.#exporter;
    if (this.#sending !== undefined || exporter === undefined || exporter === null) return;
    if (this.#full.length === 0 && this.#due) this.#seal();
    const batch = this.#full.shift();
    if (batch !== undefined) void this.#send(exporter, batch);
  }

  hurry(): void {
    this.#exporter?.hurry();
    this.kick(true);
  }

  /** Resolves when everything taken until now is settled. */
  settled(): Promise<void> {
    const mark = this.#taken;
    if (this.#settled >= mark) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ mark, resolve }));
  }

  /**
   * The process leaves: delivers what it can at this instant, gives up the rest
   * and counts it as `loss`. Should the process live on after all, so does the lane.
   */
  leave(loss: "droppedAtExit" | "droppedExport"): void {
    this.#seal();
    const underWay = this.#sending;
    this.#sending = undefined;
    if (underWay !== undefined) this.#exporter?.abandon();
    for (const batch of underWay === undefined ? this.#full : [underWay, ...this.#full]) {
      const outcome = this.#leave(batch);
      if (outcome === "delivered") this.#reporter.counters.exported += batch.records;
      else if (outcome === "spilled") this.#reporter.counters.spilled += batch.records;
      else {
        this.#reporter.counters[loss] += batch.records;
        this.#lostSpans += batch.spans;
      }
      this.#settle(batch);
    }
    this.#full.length = 0;
  }

  heldMs(): number {
    return this.#exporter?.heldMs() ?? 0;
  }

  /** Delivers what it can at this instant, and takes nothing any more. */
  close(): void {
    this.leave("droppedExport");
    this.#closed = true;
    this.#exporter?.close();
  }

  #opened(exporter: LaneExporter | null): void {
    this.#exporter = exporter;
    if (exporter === null) this.#drop();
    else if (this.#closed) exporter.close();
    else this.kick(false);
    this.#onRoom();
  }

  #current(): Batch {
    this.#filling ??= new Batch(this.#destination.framing, this.#spare.pop() ?? allocate(this.#batchBytes));
    return this.#filling;
  }

  /** What is being filled takes its place behind the full ones. */
  #seal(): void {
    const batch = this.#filling;
    this.#filling = undefined;
    this.#due = false;
    if (batch === undefined) return;
    if (batch.records === 0) {
      this.#recycle(batch);
      return;
    }
    this.#full.push(batch);
    this.#bytes += batch.size;
  }

  async #send(exporter: LaneExporter, batch: Batch): Promise<void> {
    this.#sending = batch;
    let outcome: Outcome = { result: "refused", reason: "an internal fault" };
    try {
      outcome = await exporter.send(batch);
    } catch (error) {
      this.#reporter.internalError(`the ${this.#destination.name} exporter`, error);
    }
    // It was given up meanwhile, and counted.
    if (this.#sending !== batch) return;
    this.#sending = undefined;
    if (outcome.result === "too-large" && batch.records > 1) {
      this.#bytes -= batch.size;
      const halves = batch.halves();
      for (const half of halves) this.#bytes += half.size;
      this.#full.unshift(...halves);
    } else {
      if (outcome.result === "delivered") this.#reporter.counters.exported += batch.records;
      else if (outcome.result !== "abandoned") this.#losses.add("droppedExport", batch.records, outcome.reason);
      this.#settle(batch);
      this.#recycle(batch);
    }
    this.#onRoom();
    // In a turn of its own, because the files exporter works synchronously.
    if (this.#full.length > 0 || this.#due) setImmediate(() => this.kick(false));
  }

  #leave(batch: Batch): LastOutcome {
    try {
      if (this.#exporter === undefined) return this.#destination.leaveUnopened(batch);
      return this.#exporter?.leave(batch) ?? "lost";
    } catch (error) {
      this.#reporter.internalError(`the ${this.#destination.name} exporter`, error);
      return "lost";
    }
  }

  /** There turned out to be nowhere to send. */
  #drop(): void {
    this.#seal();
    for (const batch of this.#full) {
      this.#reporter.counters.droppedExport += batch.records;
      this.#settle(batch);
    }
    this.#full.length = 0;
    this.#spare.length = 0;
  }

  #recycle(batch: Batch): void {
    const bytes = batch.recycle();
    if (this.#spare.length < SPARE_BUFFERS && bytes.length === this.#batchBytes) this.#spare.push(bytes);
  }

  #settle(batch: Batch): void {
    this.#bytes -= batch.size;
    this.#settled += batch.records;
    this.#waiters = this.#waiters.filter(({ mark, resolve }) => {
      if (mark > this.#settled) return true;
      resolve();
      return false;
    });
  }
}
