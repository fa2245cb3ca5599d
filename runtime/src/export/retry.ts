const BASE_MS = 250;
const CAP_MS = 5000;
const MAX_RETRY_AFTER_MS = 30_000;

/** Whether the same request may succeed later: 408, 429 and every 5xx. */
export function isRetryable(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The pauses between attempts at one thing: exponential with full jitter, never less than the server asked for. */
export class RetryPause {
  #failures = 0;
  #startedMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #resolve: (() => void) | undefined;
  #isAsked = false;

  /**
   * Resolves when it is time for another attempt; the timer does not keep the process.
   * @param retryAfter the `Retry-After` header: seconds or an HTTP date
   */
  take(retryAfter: string | undefined): Promise<void> {
    const jitteredMs = Math.random() * Math.min(CAP_MS, BASE_MS * 2 ** this.#failures++);
    const askedMs = retryAfter === undefined ? 0 : readRetryAfterMs(retryAfter, Date.now());
    this.#isAsked = askedMs > 0;
    this.#startedMs = performance.now();
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#endIn(Math.max(jitteredMs, askedMs));
    });
  }

  /** An attempt went well: the next pause is a short one again. */
  reset(): void {
    this.#failures = 0;
  }

  /** Somebody waits: the pause is a short one, unless the server asked for it, and so is the next. */
  hurry(): void {
    this.#failures = 0;
    if (this.#resolve === undefined || this.#isAsked) return;
    this.#endIn(BASE_MS - (performance.now() - this.#startedMs));
  }

  /** Ends a pause that is under way. */
  end(): void {
    clearTimeout(this.#timer);
    this.#resolve?.();
    this.#resolve = undefined;
  }

  #endIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), Math.max(ms, 0));
    this.#timer.unref();
  }
}

function readRetryAfterMs(header: string, nowMs: number): number {
  const text = header.trim();
  const delay = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(delay) ? Math.min(Math.max(delay, 0), MAX_RETRY_AFTER_MS) : 0;
}
