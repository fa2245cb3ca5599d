import type { Settings } from "../configuration/settings.js";
import { builtin } from "../node-builtins.js";
import type { LeavingPipeline } from "../process/exit.js";
import { readersLoading } from "../recognise/loading.js";
import type { Reporter } from "../report.js";
import { laneDestinations } from "./destinations.js";
import { Lane } from "./lane.js";
import type { ExportRecord } from "./record.js";
import { RecordQueue } from "./record-queue.js";

/** What records may wait before further ones are dropped: 64 MiB of their `weight`. */
export const MAX_QUEUE_BYTES = 64 * 1_048_576;

const INTERVAL_MS = 1000;
const EARLY_RECORDS = 128;
const EARLY_BYTES = 1_048_576;
/** Encoding at a stretch; one record may overshoot it, within the 5 ms promised. */
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
  readonly #timeoutMs: number;
  readonly #lanes: readonly Lane[];
  readonly #wantsStart: boolean;
  /** Leaves the async context of whoever pushes: timers and sockets made there would keep that context alive. */
  readonly #outside: (work: () => void) => void;

  readonly #queue = new RecordQueue();
  #pushed = 0;
  #encoded = 0;
  #waiters: Array<{ readonly mark: number; readonly resolve: () => void }> = [];

  #timer: ReturnType<typeof setTimeout> | undefined;
  #turnAhead = false;
  /** No lane has room; the first that has again goes on. */
  #blocked = false;
  #closed = false;
  #leaving = false;
  #exiting = false;

  constructor(settings: Settings, reporter: Reporter) {
    this.#reporter = reporter;
    this.#timeoutMs = settings.shutdownTimeoutMs;
    this.#outside = builtin("node:async_hooks")?.AsyncLocalStorage.snapshot() ?? ((work) => work());
    const resume = () => {
      if (this.#blocked) this.#turnSoon();
    };
    this.#lanes = laneDestinations(settings.destinations, reporter).map((to) => new Lane(to, reporter, resume));
    this.#wantsStart = this.#lanes.some((lane) => lane.wantsStart);
  }

  push(record: ExportRecord): void {
    try {
      if (record.type === "start" && !this.#wantsStart) return;
      if (this.#closed) {
        this.#reporter.counters.droppedExport++;
        return;
      }
      if (this.#queue.bytes + record.weight > MAX_QUEUE_BYTES) {
        this.#reporter.counters.droppedQueueFull++;
        this.#reporter.warnOnce(
          "queue-full",
          "more than 64 MiB of spans wait to be exported; further ones are dropped.",
        );
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

  flush(): Promise<void> {
    return this.drain(this.#timeoutMs);
  }

  async shutdown(): Promise<void> {
    await this.flush();
    this.#closed = true;
    this.#reporter.counters.droppedExport += this.#queue.length;
    this.#queue.clear();
    this.#encoded = this.#pushed;
    this.#wake();
    clearTimeout(this.#timer);
    for (const lane of this.#lanes) lane.close();
  }

  get outstanding(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.outstanding, this.#queue.length);
  }

  hurry(): void {
    if (this.#queue.length > 0 && !this.#blocked) this.#turnSoon();
  }

  async drain(timeoutMs: number): Promise<void> {
    if (this.outstanding === 0) return;
    this.hurry();
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Ref'd, unlike every other handle of ours: this timer alone keeps the process while it waits.
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([deadline, this.#settled()]);
    clearTimeout(timer);
  }

  leave(final: boolean): void {
    this.#exiting ||= final;
    this.#leaving = true;
    try {
      // What encoding itself pushes is not waited for, or this might not end.
      for (let left = this.#queue.length; left > 0; left -= LEAVING_RECORDS) {
        for (let n = Math.min(left, LEAVING_RECORDS); n > 0; n--) this.#encodeNext();
        for (const lane of this.#lanes) lane.leave();
      }
      for (const lane of this.#lanes) lane.leave();
    } catch (error) {
      this.#reporter.internalError("leaving", error);
    }
    this.#leaving = false;
    // The lanes are empty now, so nobody may come to unblock.
    this.#blocked = false;
    if (this.#exiting) {
      this.#reporter.counters.droppedAtExit += this.#queue.length;
      this.#encoded += this.#queue.length;
      this.#queue.clear();
    }
    this.#wake();
    const lost = this.#lanes.reduce((most, lane) => Math.max(most, lane.lostSpans), 0);
    if (lost > 0) {
      this.#reporter.warnOnce("exit", `${lost} spans were not sent: the process left before they could be`);
    }
  }

  heldMs(): number {
    return this.#lanes.reduce((most, lane) => Math.max(most, lane.heldMs()), 0);
  }

  #startTimer(): void {
    this.#timer = setTimeout(() => this.#turn(), INTERVAL_MS);
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
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#turnAhead = false;
    try {
      const end = performance.now() + SLICE_MS;
      this.#blocked = false;
      while (this.#queue.length > 0) {
        this.#blocked = !this.#hasRoom();
        if (this.#blocked) break;
        this.#encodeNext();
        if (performance.now() >= end) break;
      }
      for (const lane of this.#lanes) lane.kick();
      this.#wake();
    } catch (error) {
      this.#reporter.internalError("exporting", error);
    }
    if (this.#queue.length > 0 && !this.#blocked) this.#turnSoon();
  }

  /** With nowhere to go at all there is room: the records are dropped and counted. */
  #hasRoom(): boolean {
    let later = false;
    for (const { room } of this.#lanes) {
      if (room === "now") return true;
      later ||= room === "later";
    }
    return !later;
  }

  #encodeNext(): void {
    const record = this.#queue.take();
    if (record === undefined) return;
    this.#encoded++;
    try {
      const { type } = record;
      if (type === "start" && record.superseded) return;
      if (this.#lanes.every((lane) => lane.room === "never")) {
        this.#reporter.counters.droppedExport++;
        return;
      }
      const json = record.encode();
      if (json === null) return;
      for (const lane of this.#lanes) if (type !== "start" || lane.wantsStart) lane.offer({ type, json });
    } catch (error) {
      this.#reporter.counters.droppedExport++;
      this.#reporter.internalError("encoding a span", error);
    }
  }

  async #settled(): Promise<void> {
    const mark = this.#pushed;
    if (this.#encoded < mark) await new Promise<void>((resolve) => this.#waiters.push({ mark, resolve }));
    await Promise.all(this.#lanes.map((lane) => lane.settled()));
  }

  #wake(): void {
    if (this.#waiters.length === 0) return;
    this.#waiters = this.#waiters.filter(({ mark, resolve }) => {
      if (mark > this.#encoded) return true;
      resolve();
      return false;
    });
  }
}
