import type { Counters, Reporter } from "../report.js";

/** The counters that only losses move. */
export type LossCounter = "droppedQueueFull" | "droppedExport" | "droppedAtExit";

/** How often the same reason is said. */
const INTERVAL_MS = 60_000;

interface Reason {
  unsaid: number;
  saidMs: number;
}

/** Counts what is lost and says why: the first of each reason at once, then once a minute at most. Never throws. */
export class Losses {
  readonly #reporter: Reporter;
  readonly #now: () => number;
  readonly #reasons = new Map<string, Reason>();

  /** @param now monotonic milliseconds */
  constructor(reporter: Reporter, now: () => number = () => performance.now()) {
    this.#reporter = reporter;
    this.#now = now;
  }

  /** @param reason reads after "12 records were dropped: "; one of few, since each is remembered */
  add(counter: LossCounter & keyof Counters, count: number, reason: string): void {
    this.#reporter.counters[counter] += count;
    const found = this.#reasons.get(reason) ?? { unsaid: 0, saidMs: Number.NEGATIVE_INFINITY };
    if (this.#reasons.size < 1000) this.#reasons.set(reason, found);
    found.unsaid += count;
    if (this.#now() - found.saidMs >= INTERVAL_MS) this.#say(reason, found);
  }

  /** Says what has not been said yet: the process leaves. */
  sayRest(): void {
    for (const [reason, found] of this.#reasons) if (found.unsaid > 0) this.#say(reason, found);
  }

  #say(reason: string, found: Reason): void {
    const what = found.unsaid === 1 ? "1 record was" : `${found.unsaid} records were`;
    this.#reporter.say(`${what} dropped: ${reason}; see llmobs.stats()`);
    found.unsaid = 0;
    found.saidMs = this.#now();
  }
}
