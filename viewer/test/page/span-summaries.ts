import type { SpanSummary } from "../../src/api/contract.js";

/** A finished span of 10 ms; what a test is about is given. */
export function span(spanId: string, parentId: string | null, facts: Partial<SpanSummary> = {}): SpanSummary {
  return {
    spanId,
    parentId,
    name: spanId,
    kind: "task",
    status: "ok",
    startMs: 0,
    durationMs: 10,
    model: null,
    inputTokens: null,
    outputTokens: null,
    totalTokens: null,
    cost: null,
    timeToFirstTokenMs: null,
    errorType: null,
    evaluationCount: 0,
    ...facts,
  };
}
