/** Span kinds: https://docs.datadoghq.com/llm_observability/terms/ */
export const SPAN_KINDS = ["workflow", "agent", "llm", "tool", "task", "embedding", "retrieval"] as const;

export type SpanKind = (typeof SPAN_KINDS)[number];

export function isSpanKind(value: unknown): value is SpanKind {
  return SPAN_KINDS.some((kind) => kind === value);
}

export function hasModel(kind: SpanKind): boolean {
  return kind === "llm" || kind === "embedding";
}
