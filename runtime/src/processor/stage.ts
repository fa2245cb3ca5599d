import { builtin } from "../node-builtins.js";
import type { Span } from "../span/span.js";
import type { ActiveRuntime } from "../state.js";
import { Passage } from "./passage.js";
import type { Processor } from "./processed-span.js";

/** What finished spans may wait for processors before further ones are dropped: 64 MiB of their weight. */
const MAX_BYTES = 64 * 1_048_576;
/** How many spans asynchronous processors work on at a time. */
const MAX_PENDING = 128;
/** Work at a stretch; one span may overshoot it. */
const SLICE_MS = 3;

/** Somebody who waits until these have left. */
interface Waiter {
  readonly passages: Set<Passage>;
  readonly resolve: () => void;
}

/**
 * Where finished spans pass the processors, between the program and the export
 * queue, outside of the program's turn and context. No member throws or rejects.
 */
export class ProcessorStage {
  #processors: readonly Processor[] = [];
  /** From `#head` on; those before it have begun. */
  #waiting: Passage[] = [];
  #head = 0;
  /** Those that wait and those some processor is at work on. */
  readonly #inside = new Set<Passage>();
  #bytes = 0;
  #turnAhead = false;
  #exiting = false;
  readonly #waiters = new Set<Waiter>();
  /** Timers made here must not hold on to the context of whoever finished a span. */
  readonly #outside: (work: () => void) => void;

  constructor() {
    this.#outside = builtin("node:async_hooks")?.AsyncLocalStorage.snapshot() ?? ((work) => work());
  }

  register(processor: Processor): void {
    if (!this.#processors.includes(processor)) this.#processors = [...this.#processors, processor];
  }

  deregister(processor: Processor | undefined): void {
    this.#processors = processor === undefined ? [] : this.#processors.filter((each) => each !== processor);
  }

  /** Spans pass processors here. */
  get active(): boolean {
    return this.#processors.length > 0;
  }

  /** Spans that have not left for the export queue. */
  get size(): number {
    return this.#inside.size;
  }

  take(span: Span, runtime: ActiveRuntime): void {
    const passage = new Passage(span, runtime, (left) => this.#leaves(left));
    if (this.#bytes + passage.weight > MAX_BYTES) {
      runtime.reporter.counters.droppedQueueFull++;
      runtime.reporter.warnOnce("processors-full", "more than 64 MiB of spans wait for processors; spans are dropped.");
      return;
    }
    this.#bytes += passage.weight;
    this.#inside.add(passage);
    this.#waiting.push(passage);
    if (this.#exiting) this.leave(true);
    else this.#turnSoon();
  }

  /** Resolves when what is inside now has left; after `timeoutMs` the rest of it leaves without its content. */
  async settle(timeoutMs: number): Promise<void> {
    if (this.size === 0) return;
    const passages = new Set(this.#inside);
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      const waiter = { passages, resolve };
      this.#waiters.add(waiter);
      // Ref'd, as flush keeps the process while it waits.
      timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        resolve();
      }, timeoutMs);
    });
    clearTimeout(timer);
    this.#hurry(passages);
  }

  /** Lets everything go at this instant. */
  leave(final: boolean): void {
    this.#exiting ||= final;
    this.#hurry(new Set(this.#inside));
  }

  #hurry(passages: ReadonlySet<Passage>): void {
    const waiting = this.#waiting.slice(this.#head);
    this.#waiting = waiting.filter((passage) => !passages.has(passage));
    this.#head = 0;
    for (const passage of waiting) if (passages.has(passage)) passage.start(this.#processors);
    for (const passage of passages) passage.giveUp();
  }

  #turnSoon(): void {
    if (this.#turnAhead) return;
    this.#turnAhead = true;
    this.#outside(() => setImmediate(() => this.#turn()));
  }

  #turn(): void {
    this.#turnAhead = false;
    const end = performance.now() + SLICE_MS;
    while (this.#canGoOn) {
      this.#waiting[this.#head++]?.start(this.#processors);
      if (performance.now() >= end) break;
    }
    this.#waiting.splice(0, this.#head);
    this.#head = 0;
    if (this.#canGoOn) this.#turnSoon();
  }

  get #canGoOn(): boolean {
    const waiting = this.#waiting.length - this.#head;
    return waiting > 0 && this.#inside.size - waiting < MAX_PENDING;
  }

  #leaves(passage: Passage): void {
    this.#inside.delete(passage);
    this.#bytes -= passage.weight;
    if (this.#canGoOn) this.#turnSoon();
    for (const waiter of this.#waiters) {
      waiter.passages.delete(passage);
      if (waiter.passages.size > 0) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }
}
