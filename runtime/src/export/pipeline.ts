import type { Settings } from "../configuration/settings.js";
import { builtin } from "../node-builtins.js";
import type { LeavingPipeline } from "../process/exit.js";
import { readersLoading } from "../recognise/loading.js";
import type { Reporter } from "../report.js";
import { openDestinations } from "./destinations.js";
import { Lane } from "./lane.js";
import { Losses } from "./losses.js";
import type { ExportRecord, RecordType } from "./record.js";
import { RecordEncoder } from "./record-encoder.js";
import { RecordQueue } from "./record-queue.js";
import type { Resending } from "./resending.js";

/** What records may wait before further ones are dropped: 64 MiB of their `weight`. */
export const MAX_QUEUE_BYTES = 64 * 1_048_576;

const INTERVAL_MS = 1000;
const EARLY_RECORDS = 128;
const EARLY_BYTES = 1_048_576;
/** Encoding at a stretch; one record, or one step of a large one, may overshoot it within the 5 ms promised. */
const SLICE_MS = 3;
/** How many records are encoded before they are handed on, when the process leaves. */
const LEAVING_RECORDS = 1000;

/** The way from finished spans to every destination. No member ever throws or rejects. */
export interface Pipeline extends LeavingPipeline {
  /** Takes a record; encoding and delivery happen later, in turns of their own. */
  push(record: ExportRecord): void;
  /** Resolves when what was pushed before is acknowledged or given up, at the latest after `shutdownTimeoutMs`. */
  flush(): Promise<void>;
  /** Flushes, then releases everything; later records are dropped and counted. */
  shutdown(): Promise<void>;
}

/** Opens every destination of the settings and says the settings' warnings. */
export function createPipeline(settings: Settings, reporter: Reporter): Pipeline {
  for (const warning of settings.warnings) reporter.warnOnce(`settings:${warning}`, warning);
  const { files, datadog } = settings.destinations;
  if (settings.enabled && files === undefined && datadog === undefined) {
    reporter.warnOnce("no-destination", "LLMOBS_EXPORTERS leaves nowhere to send spans to; they are dropped.");
  }
  return new QueuePipeline(settings, reporter);
}

class QueuePipeline implements Pipeline {
  readonly #reporter: Reporter;
  readonly #losses: Losses;
  readonly #timeoutMs: number;
  readonly #lanes: readonly Lane[];
  readonly #resending: Resending | undefined;
  readonly #wantsStart: boolean;
  /** Leaves the async context of whoever pushes: timers and sockets made there would keep that context alive. */
  readonly #outside: (work: () => void) => void;

  readonly #queue = new RecordQueue();
  readonly #encoder: RecordEncoder;
  #pushed = 0;
  #waiters: Array<{ readonly mark: number; readonly resolve: () => void }> = [];

  #timer: ReturnType<typeof setTimeout> | undefined;
  #turnAhead = false;
  /** What is encoded is to go without filling a batch first. */
  #due = false;
  /** No lane has room; the first that has again goes on. */
  #blocked = false;
  #closed = false;
  #leaving = false;
  #exiting = false;

  constructor(settings: Settings, reporter: Reporter) {
    this.#reporter = reporter;
    this.#losses = new Losses(reporter);
    this.#timeoutMs = settings.shutdownTimeoutMs;
    this.#outside = builtin("node:async_hooks")?.AsyncLocalStorage.snapshot() ?? ((work) => work());
    const resume = () => {
      if (this.#blocked) this.#turnSoon();
    };
    const { lanes, resending } = openDestinations(settings.destinations, reporter, this.#losses);
    this.#lanes = lanes.map((destination) => new Lane(destination, reporter, this.#losses, resume));
    this.#encoder = new RecordEncoder(this.#queue, this.#lanes, reporter);
    this.#resending = resending;
    this.#wantsStart = this.#lanes.some((lane) => lane.takes("start"));
  }

  push(record: ExportRecord): void {
    try {
      if (record.type === "start" && !this.#wantsStart) return;
      if (this.#closed) {
        this.#reporter.counters.droppedExport++;
        return;
      }
      if (this.#queue.bytes + record.weight > MAX_QUEUE_BYTES) {
        this.#losses.add("droppedQueueFull", 1, "more than 64 MiB wait to be exported");
        return;
      }
      this.#queue.add(record);
      this.#pushed++;
      if (this.#exiting && !this.#leaving) this.leave(true);
      else if (this.#turnAhead || this.#blocked) return;
      else if (this.#queue.bytes >= EARLY_BYTES || this.#queue.length >= EARLY_RECORDS) this.#turnSoon();
      else if (this.#timer === undefined) this.#outside(() => this.#startTimer());
    } catch (error) {
      this.#reporter.internalError("the export queue", error);
    }
  }

  async flush(): Promise<void> {
    await this.#within(this.#timeoutMs, () => this.#settled());
  }

  async shutdown(): Promise<void> {
    await this.flush();
    this.#leave("droppedExport");
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#resending?.leave();
    for (const lane of this.#lanes) lane.close();
  }

  get outstanding(): number {
    return this.#records + (this.#resending?.busy ? 1 : 0);
  }

  hurry(): void {
    this.#due = true;
    if (this.#isEmpty) this.#kickLanes();
    else if (!this.#blocked) this.#turnSoon();
    for (const lane of this.#lanes) lane.hurry();
  }

  async drain(timeoutMs: number): Promise<void> {
    await this.#within(timeoutMs, () => Promise.all([this.#settled(), this.#resending?.settled()]));
  }

  leave(final: boolean): void {
    this.#exiting ||= final;
    this.#leave("droppedAtExit");
    this.#resending?.leave();
    if (final) this.#losses.sayRest();
  }

  heldMs(): number {
    return Math.max(this.#resending?.heldMs() ?? 0, ...this.#lanes.map((lane) => lane.heldMs()));
  }

  /** Records neither acknowledged nor given up. */
  get #records(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.outstanding, this.#encoder.left);
  }

  get #isEmpty(): boolean {
    return this.#encoder.left === 0;
  }

  /** Waits for the work, but not longer than that; the timer keeps the process until then, and nothing else of ours does. */
  async #within(timeoutMs: number, work: () => Promise<unknown>): Promise<void> {
    if (this.outstanding === 0) return;
    this.hurry();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([deadline, work()]);
    clearTimeout(timer);
  }

  #leave(loss: "droppedAtExit" | "droppedExport"): void {
    this.#leaving = true;
    try {
      while (this.#encoder.isWithin) this.#encoder.encodeNext(false);
      // What encoding itself pushes is not waited for, or this might not end.
      for (let left = this.#queue.length; left > 0; left -= LEAVING_RECORDS) {
        for (let n = Math.min(left, LEAVING_RECORDS); n > 0; n--) this.#encoder.encodeNext(false);
        for (const lane of this.#lanes) lane.leave(loss);
      }
      for (const lane of this.#lanes) lane.leave(loss);
    } catch (error) {
      this.#reporter.internalError("leaving", error);
    }
    this.#leaving = false;
    // The lanes are empty now, so nobody may come to unblock.
    this.#blocked = false;
    if (this.#exiting || loss === "droppedExport") {
      this.#reporter.counters[loss] += this.#encoder.clear();
    }
    this.#wake();
    const lost = this.#lanes.reduce((most, lane) => Math.max(most, lane.lostSpans), 0);
    if (lost > 0) {
      this.#reporter.warnOnce("exit", `${lost} spans were not sent: the process left before they could be`);
    }
  }

  #startTimer(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#due = true;
      this.#turn();
    }, INTERVAL_MS);
    this.#timer.unref?.();
  }

  /**
   * Ref'd on purpose: the event loop sleeps through unref'd immediates until
   * something else wakes it, and this one only lasts a single turn.
   */
  #turnSoon(): void {
    if (this.#turnAhead) return;
    this.#turnAhead = true;
    this.#outside(() => setImmediate(() => this.#turn()));
  }

  #turn(): void {
    const loading = readersLoading();
    if (loading !== undefined) {
      loading.then(() => this.#turn());
      return;
    }
    this.#turnAhead = false;
    try {
      const end = performance.now() + SLICE_MS;
      this.#blocked = false;
      while (!this.#isEmpty && performance.now() < end) {
        this.#blocked = !this.#hasRoom(this.#encoder.nextType);
        if (this.#blocked) break;
        this.#encoder.encodeNext(true);
      }
      this.#kickLanes();
      this.#wake();
    } catch (error) {
      this.#reporter.internalError("exporting", error);
    }
    if (!this.#isEmpty && !this.#blocked) this.#turnSoon();
  }

  #kickLanes(): void {
    const due = this.#due && this.#isEmpty;
    if (due) this.#due = false;
    for (const lane of this.#lanes) lane.kick(due);
    // A batch that is not full goes when the interval is over.
    const waits = !due && this.#timer === undefined && this.#lanes.some((lane) => lane.outstanding > 0);
    if (waits) this.#outside(() => this.#startTimer());
  }

  /** With nowhere to go at all there is room: the records are dropped and counted. */
  #hasRoom(type: RecordType | undefined): boolean {
    let later = false;
    for (const lane of this.#lanes) {
      if (type === undefined || !lane.takes(type)) continue;
      const { room } = lane;
      if (room === "now") return true;
      later ||= room === "later";
    }
    return !later;
  }

  async #settled(): Promise<void> {
    const mark = this.#pushed;
    if (this.#encoder.done < mark) await new Promise<void>((resolve) => this.#waiters.push({ mark, resolve }));
    await Promise.all(this.#lanes.map((lane) => lane.settled()));
  }

  #wake(): void {
    if (this.#waiters.length === 0) return;
    this.#waiters = this.#waiters.filter(({ mark, resolve }) => {
      if (mark > this.#encoder.done) return true;
      resolve();
      return false;
    });
  }
}
