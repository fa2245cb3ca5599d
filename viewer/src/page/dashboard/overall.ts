import type { DashboardPoint, DashboardResponse } from "../../api/contract.js";

/**
 * All groups together, one point a time. Sums are exact. Percentiles can't be summed: with several groups the worst
 * one's is shown.
 */
export function overall({ series }: DashboardResponse, times: readonly number[]): readonly DashboardPoint[] {
  const points = new Map(times.map((timeMs) => [timeMs, nothingAt(timeMs)]));
  for (const point of series.flatMap((one) => one.points)) {
    const known = points.get(point.timeMs);
    if (known !== undefined) points.set(point.timeMs, together(known, point));
  }
  return [...points.values()];
}

function nothingAt(timeMs: number): DashboardPoint {
  return {
    timeMs,
    requests: 0,
    errors: 0,
    p50Ms: null,
    p95Ms: null,
    p99Ms: null,
    inputTokens: 0,
    outputTokens: 0,
    totalTokens: 0,
    cost: null,
    unpricedSpans: 0,
  };
}

function together(one: DashboardPoint, other: DashboardPoint): DashboardPoint {
  return {
    timeMs: one.timeMs,
    requests: one.requests + other.requests,
    errors: one.errors + other.errors,
    p50Ms: highest(one.p50Ms, other.p50Ms),
    p95Ms: highest(one.p95Ms, other.p95Ms),
    p99Ms: highest(one.p99Ms, other.p99Ms),
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    totalTokens: one.totalTokens + other.totalTokens,
    cost: one.cost === null ? other.cost : one.cost + (other.cost ?? 0),
    unpricedSpans: one.unpricedSpans + other.unpricedSpans,
  };
}

function highest(one: number | null, other: number | null): number | null {
  return one === null ? other : Math.max(one, other ?? one);
}
