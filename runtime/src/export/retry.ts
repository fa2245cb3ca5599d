/** How often one request is made before its records are given up. */
export const MAX_ATTEMPTS = 5;

const BASE_MS = 250;
const CAP_MS = 5000;
const MAX_RETRY_AFTER_MS = 30_000;

/** Whether the same request may succeed later: 408, 429 and every 5xx. */
export function isRetryable(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/**
 * How long to wait after failed attempt number `attempt` (1, 2, …), in ms:
 * exponential with full jitter, but never less than the server asked for.
 *
 * @param retryAfter the `Retry-After` header: seconds or an HTTP date
 */
export function retryDelayMs(attempt: number, retryAfter: string | undefined, nowMs: number): number {
  const jittered = Math.random() * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
  return Math.max(jittered, retryAfter === undefined ? 0 : readRetryAfterMs(retryAfter, nowMs));
}

function readRetryAfterMs(header: string, nowMs: number): number {
  const text = header.trim();
  const delay = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(delay) ? Math.min(Math.max(delay, 0), MAX_RETRY_AFTER_MS) : 0;
}
