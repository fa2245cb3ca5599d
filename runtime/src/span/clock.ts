const MAX_DRIFT_MS = 50;

/** Monotonic milliseconds with a sub-millisecond part. */
export function now(): number {
  return performance.now();
}

/**
 * What to add to `now()` for unix milliseconds. The process's own origin is exact
 * to the microsecond, but drifts when the machine sleeps or its clock is set.
 */
export function unixOffset(): number {
  const offset = performance.timeOrigin;
  const wall = Date.now() - performance.now();
  return Math.abs(wall - offset) > MAX_DRIFT_MS ? wall : offset;
}
