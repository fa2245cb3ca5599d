import type { TraceListRequest, TraceListResponse, TraceResponse } from "../../api/contract.js";
import type { Database } from "../database.js";
import { SPAN_COLUMNS, TRACE_COLUMNS, toSpanSummary, toTraceSummary } from "./summaries.js";

export async function listTraces(database: Database, request: TraceListRequest): Promise<TraceListResponse> {
  const limit = request.limit ?? 50;
  const rows = await database.query(
    `select ${TRACE_COLUMNS} from trace order by start_ns desc, trace_id desc limit $1`,
    [limit],
  );
  return { traces: rows.map(toTraceSummary), nextCursor: null };
}

/** Undefined where there is no such trace. */
export async function readTrace(database: Database, traceId: string): Promise<TraceResponse | undefined> {
  const [row] = await database.query(`select ${TRACE_COLUMNS} from trace where trace_id = $1`, [traceId]);
  if (row === undefined) return undefined;
  const spans = await database.query(
    `select ${SPAN_COLUMNS} from span where trace_id = $1 order by span.start_ns, seq`,
    [traceId],
  );
  return { trace: toTraceSummary(row), spans: spans.map(toSpanSummary), evaluations: [] };
}
