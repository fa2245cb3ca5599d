import type { SpanSummary, TraceSummary } from "../../api/contract.js";
import type { Row } from "../database.js";

export const TRACE_COLUMNS = `trace.trace_id, start_ns::text as exact_start, start_ns::float8 as start_ns, (end_ns - start_ns)::float8 as duration_ns, root_status, name, kind, app, version, session_id,
  span_count, error_count, input_tokens::float8 as input_tokens, output_tokens::float8 as output_tokens, total_tokens::float8 as total_tokens,
  cost, unpriced, models,
  input_preview, output_preview, error_preview`;

export const SPAN_COLUMNS = `span_id, parent_id, name, kind, status, start_ns::float8 as start_ns, duration_ns::float8 as duration_ns,
  model, input_tokens::float8 as input_tokens, output_tokens::float8 as output_tokens,
  total_tokens::float8 as total_tokens, cost, first_token_ms, error_type`;

export function toTraceSummary(row: Row): TraceSummary {
  const durationNs = numeric(row.duration_ns);
  const errorCount = Number(row.error_count);
  return {
    traceId: String(row.trace_id),
    name: String(row.name),
    kind: String(row.kind),
    status: errorCount > 0 ? "error" : row.root_status === 2 ? "running" : "ok",
    app: String(row.app),
    version: optional(row.version),
    sessionId: optional(row.session_id),
    startMs: Number(row.start_ns) / 1e6,
    durationMs: durationNs === null ? null : durationNs / 1e6,
    spanCount: Number(row.span_count),
    errorCount,
    inputTokens: Number(row.input_tokens),
    outputTokens: Number(row.output_tokens),
    totalTokens: Number(row.total_tokens),
    cost: numeric(row.cost),
    unpricedSpans: Number(row.unpriced),
    models: Array.isArray(row.models) ? row.models.map(String) : [],
    inputPreview: String(row.input_preview),
    outputPreview: String(row.output_preview),
    errorPreview: optional(row.error_preview),
    evaluationCount: 0,
  };
}

export function toSpanSummary(row: Row): SpanSummary {
  const duration = numeric(row.duration_ns);
  return {
    spanId: String(row.span_id),
    parentId: optional(row.parent_id),
    name: String(row.name),
    kind: String(row.kind),
    status: row.status === 1 ? "error" : row.status === 2 ? "running" : "ok",
    startMs: Number(row.start_ns) / 1e6,
    durationMs: duration === null ? null : duration / 1e6,
    model: optional(row.model),
    inputTokens: numeric(row.input_tokens),
    outputTokens: numeric(row.output_tokens),
    totalTokens: numeric(row.total_tokens),
    cost: numeric(row.cost),
    timeToFirstTokenMs: numeric(row.first_token_ms),
    errorType: optional(row.error_type),
    evaluationCount: Number(row.evaluation_count ?? 0),
  };
}

function optional(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function numeric(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
