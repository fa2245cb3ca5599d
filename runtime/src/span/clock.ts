const MAX_DRIFT_MS = 50;
/** How long a look at the wall clock is good for. */
const CHECK_MS = 100;

let checked = Number.NEGATIVE_INFINITY;
let known = 0;

/** Monotonic milliseconds with a sub-millisecond part. */
export function now(): number {
  return performance.now();
}

/**
 * What to add to a `now()` of this moment for unix milliseconds. The process's own
 * origin is exact to the microsecond, but drifts when the machine sleeps or its clock is set.
 */
export function unixOffset(nowMs: number): number {
  if (nowMs - checked < CHECK_MS) return known;
  const wall = Date.now() - nowMs;
  known = Math.abs(wall - performance.timeOrigin) > MAX_DRIFT_MS ? wall : performance.timeOrigin;
  checked = nowMs;
  return known;
}
