import type { SpanDetail, TraceResponse } from "../../api/contract.js";
import { readSpanDetail } from "../../span/span-detail.js";
import type { Query, Row } from "../database.js";
import { evaluationsOfSpan, evaluationsOfTrace, metricsOfTrace } from "./evaluations.js";
import { SPAN_COLUMNS, TRACE_COLUMNS, toSpanSummary, toTraceSummary } from "./summaries.js";

const FROM_SPAN = "from span join series on series.id = series_id";

/** Undefined where there is no such trace. */
export async function readTrace(query: Query, traceId: string): Promise<TraceResponse | undefined> {
  const [row] = await query(`select ${TRACE_COLUMNS} from trace where trace_id = $1`, [traceId]);
  if (row === undefined) return undefined;
  const trace = toTraceSummary(row);
  const [spans, { ofTrace, bySpan }] = [
    await query(`select ${SPAN_COLUMNS} ${FROM_SPAN} where trace_id = $1 order by span.start_ns, seq`, [traceId]),
    await evaluationsOfTrace(query, traceId, trace.sessionId),
  ];
  const evaluationCount = ofTrace.length + [...bySpan.values()].reduce((sum, count) => sum + count, 0);
  return {
    trace: { ...trace, evaluationCount },
    spans: spans.map((span) => toSpanSummary({ ...span, evaluation_count: bySpan.get(String(span.span_id)) ?? 0 })),
    evaluations: ofTrace,
  };
}

/** Undefined where there is no such span. */
export async function readSpan(
  query: Query,
  traceId: string,
  spanId: string,
  projectFolder: string,
): Promise<SpanDetail | undefined> {
  const [row] = await query(
    `select ${SPAN_COLUMNS}, session_id, app, version, provider, tags, event
      ${FROM_SPAN} join tag_set on tag_set.id = tag_set_id where trace_id = $1 and span_id = $2`,
    [traceId, spanId],
  );
  if (row === undefined) return undefined;
  const tags = Array.isArray(row.tags) ? row.tags.map(String) : [];
  const span = {
    summary: toSpanSummary(row),
    traceId,
    sessionId: filled(row.session_id),
    app: String(row.app),
    version: filled(row.version),
    provider: filled(row.provider),
    tags,
    event: JSON.parse(String(row.event)),
    evaluations: await evaluationsOfSpan(query, traceId, spanId, tags),
  };
  return readSpanDetail(span, projectFolder);
}

/** A trace as it came in; undefined where there is none. */
export async function readEvents(
  query: Query,
  traceId: string,
): Promise<{ readonly spans: readonly unknown[]; readonly evaluations: readonly unknown[] } | undefined> {
  const rows: readonly Row[] = await query("select event from span where trace_id = $1 order by span.start_ns, seq", [
    traceId,
  ]);
  if (rows.length === 0) return undefined;
  return {
    spans: rows.map(({ event }): unknown => JSON.parse(String(event))),
    evaluations: await metricsOfTrace(query, traceId),
  };
}

function filled(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
