import type { SpanRow } from "../../span/span-row.js";
import { storable } from "./storable.js";

export const STATUS_NUMBERS = { ok: 0, error: 1, running: 2 } as const;

/** As `json_to_recordset` takes them apart. */
export const SPAN_DECLARATION = `trace_id text, span_id text, parent_id text, series_id integer, tag_set_id integer,
  status smallint, start_ns bigint, duration_ns bigint, session_id text, input_tokens bigint, output_tokens bigint,
  total_tokens bigint, cost double precision, first_token_ms double precision, error_type text, event text`;

export const SPAN_COLUMN_NAMES = SPAN_DECLARATION.split(",").map((column) => column.trim().split(/\s/)[0] ?? "");

export function spanColumns(span: SpanRow, seriesId: number, tagSetId: number): Readonly<Record<string, unknown>> {
  return {
    trace_id: span.traceId,
    span_id: span.spanId,
    parent_id: span.parentId,
    series_id: seriesId,
    tag_set_id: tagSetId,
    status: STATUS_NUMBERS[span.status],
    start_ns: span.startNs,
    duration_ns: span.durationNs,
    session_id: storable(span.sessionId),
    input_tokens: span.inputTokens,
    output_tokens: span.outputTokens,
    total_tokens: span.totalTokens,
    cost: span.cost,
    first_token_ms: span.timeToFirstTokenMs,
    error_type: storable(span.errorType),
    event: span.event,
  };
}

export interface Series {
  readonly app: string;
  readonly version: string;
  readonly name: string;
  readonly kind: string;
  readonly model: string;
  readonly provider: string;
}

/** "" where there is none. */
export function seriesOf(span: SpanRow): Series {
  return {
    app: storable(span.app),
    version: storable(span.version ?? ""),
    name: storable(span.name),
    kind: storable(span.kind),
    model: storable(span.model ?? ""),
    provider: storable(span.provider ?? ""),
  };
}
