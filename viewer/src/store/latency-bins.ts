/*
 * A latency histogram: each bin is 8 % wider than the one before, so its middle is within 4 % of
 * all that is in it. Bin 0 ends at a microsecond.
 */
const RATIO = 1.08;
const SMALLEST_MS = 0.001;
const LAST_BIN = 500;

export function binOf(ms: number): number {
  if (ms <= SMALLEST_MS) return 0;
  return Math.min(LAST_BIN, Math.ceil(Math.log(ms / SMALLEST_MS) / Math.log(RATIO)));
}

/** The geometric middle. */
export function middleOf(bin: number): number {
  return SMALLEST_MS * RATIO ** (bin - 0.5);
}

/** The latency below which `share` of all lie; null where there are none. */
export function percentile(countByBin: ReadonlyMap<number, number>, share: number): number | null {
  const bins = [...countByBin].sort(([a], [b]) => a - b);
  const total = bins.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [bin, count] of bins) {
    seen += count;
    if (seen >= share * total) return middleOf(bin);
  }
  return null;
}
