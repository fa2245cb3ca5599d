/** A trace's one decision: every span is sent, Datadog keeps those that say `1`. */
export interface Sampling {
  /** The rate it was made with, as the wire has it: `0.25`. */
  readonly rate: string;
  readonly decision: "0" | "1";
}

const KEEP_ALL: Sampling = { rate: "1", decision: "1" };

const FACTOR = 1_111_111_111_111_111_111n;
const BITS_64 = (1n << 64n) - 1n;

/**
 * Keeps a share of traces by hashing the id they have in common, so that every
 * service and SDK comes to the same decision (Knuth's multiplicative hash, as dd-trace 6.21).
 *
 * @param rate from 0 to 1
 * @param apmTraceId 32 hex digits, of which the lower half counts
 */
export function decide(rate: number, apmTraceId: () => string): Sampling {
  if (rate >= 1) return KEEP_ALL;
  const hash = (BigInt(`0x${apmTraceId().slice(-16)}`) * FACTOR) & BITS_64;
  const kept = rate > 0 && hash <= BigInt(Math.floor(rate * 2 ** 64));
  return { rate: rateText(rate), decision: kept ? "1" : "0" };
}

/** At most six decimals, no zeros at the end. */
function rateText(rate: number): string {
  return String(Number(rate.toFixed(6)));
}
