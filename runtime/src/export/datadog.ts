import type { Reporter } from "../report.js";
import type { Batch } from "./batch.js";
import type { Route } from "./datadog-route.js";
import { HttpClient, ImpossibleRequest } from "./http.js";
import type { LaneExporter, LastOutcome, Outcome } from "./lane.js";
import { isRetryable, RetryPause } from "./retry.js";
import type { SpillFolder } from "./spill-folder.js";

/** How often an answer that says "later" is believed for one batch: that takes about ten minutes. */
const MAX_ANSWERED_ATTEMPTS = 250;
/** A short outage is nobody's business; from this attempt on it is said. */
const SAID_ATTEMPT = 5;

/** What one attempt came to. */
export type Answer =
  | Exclude<Outcome, { readonly result: "abandoned" }>
  /** The same may go well later; `isAnswer`: somebody said so. */
  | {
      readonly result: "later";
      readonly reason: string;
      readonly isAnswer: boolean;
      readonly retryAfter: string | undefined;
    };

/** Sends batches to one of Datadog's addresses, for as long as that takes. */
export class DatadogExporter implements LaneExporter {
  readonly #route: Route;
  readonly #timeoutMs: number;
  readonly #reporter: Reporter;
  readonly #spill: SpillFolder | undefined;
  readonly #client = new HttpClient();
  readonly #pause = new RetryPause();
  /** Counts the calls of `abandon`: a send that began before the last one is over. */
  #era = 0;

  /** @param spill takes what cannot be sent any more as the process leaves */
  constructor(route: Route, timeoutMs: number, reporter: Reporter, spill: SpillFolder | undefined) {
    this.#route = route;
    this.#timeoutMs = timeoutMs;
    this.#reporter = reporter;
    this.#spill = spill;
  }

  /**
   * While nobody answers, and while the answer is 408, 429 or 5xx, the batch is
   * sent again; the bounded queue behind it decides when that costs records.
   */
  async send(batch: Batch): Promise<Outcome> {
    const era = this.#era;
    let answered = 0;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.sendOnce(batch);
      if (era !== this.#era) return { result: "abandoned" };
      if (answer.result !== "later") return answer;
      const { reason, isAnswer, retryAfter } = answer;
      if (isAnswer && ++answered >= MAX_ANSWERED_ATTEMPTS) return { result: "refused", reason };
      if (attempt === SAID_ATTEMPT) this.#reporter.warnOnce(`datadog:${this.#route.label}`, `${reason}; spans wait`);
      await this.#pause.take(retryAfter);
      if (era !== this.#era) return { result: "abandoned" };
    }
  }

  /** One attempt. Never rejects. */
  async sendOnce(batch: Batch): Promise<Answer> {
    const { origin, proxy, path, headers, label } = this.#route;
    const timeoutMs = this.#timeoutMs;
    try {
      const body = batch.body();
      const request = { origin, ...(proxy && { proxy }), method: "POST", path, headers, body, timeoutMs } as const;
      const { status, retryAfter } = await this.#client.request(request);
      const reason = `${label} answered with status ${status}`;
      if (status === 413) return { result: "too-large", reason };
      if (isRetryable(status)) return { result: "later", reason, isAnswer: true, retryAfter };
      if (status < 200 || status >= 300) return { result: "refused", reason };
      this.#pause.reset();
      return { result: "delivered" };
    } catch (error) {
      const reason = `${label} cannot be reached: ${describe(error)}`;
      if (error instanceof ImpossibleRequest) return { result: "refused", reason };
      return { result: "later", reason, isAnswer: false, retryAfter: undefined };
    }
  }

  /** There is no synchronous HTTP: it is kept for the next process, or lost. */
  leave(batch: Batch): LastOutcome {
    return this.#spill?.keep(batch) ? "spilled" : "lost";
  }

  abandon(): void {
    this.#era++;
    this.#pause.end();
    this.#client.abort();
  }

  hurry(): void {
    this.#pause.hurry();
  }

  heldMs(): number {
    return this.#client.heldMs();
  }

  close(): void {
    this.abandon();
  }
}

/** A refused connection to a name with several addresses has a code and an empty message. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ("code" in error ? String(error.code) : error.name);
}
