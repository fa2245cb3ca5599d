import type { Evaluation } from "../../api/contract.js";
import { readEvaluation } from "../../evaluation/read-evaluation.js";
import type { Query, Row } from "../database.js";

/*
 * Evaluations are joined when they are read, so it does not matter whether they or their spans came first.
 * `$1` is a list of traces.
 */
const BY_TRACE = `select trace_id as of_trace, span_id as of_span, evaluation.id from evaluation
  where trace_id = any($1::text[])`;
const BY_SPAN = `select span.trace_id, span.span_id, evaluation.id from span join evaluation using (span_id)
  where span.trace_id = any($1::text[]) and evaluation.trace_id is null`;
const BY_TAG = `select of_set.trace_id, null, evaluation.id
  from (select distinct trace_id, tag_set_id from span where trace_id = any($1::text[])) as of_set
  join tag_set on tag_set.id = tag_set_id cross join unnest(tags) as own (tag) join evaluation on evaluation.tag = own.tag`;

/** Which joins find anything at all: most stores know one. */
async function joins(query: Query): Promise<string> {
  const [row] = await query(
    `select exists (select from evaluation where span_id is not null and trace_id is null) as by_span,
      exists (select from evaluation where tag is not null) as by_tag`,
  );
  return [BY_TRACE, ...(row?.by_span === true ? [BY_SPAN] : []), ...(row?.by_tag === true ? [BY_TAG] : [])].join(
    " union all ",
  );
}

export async function countEvaluations(
  query: Query,
  traceIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await query(
    `select of_trace, count(distinct id)::integer as count from (${await joins(query)}) as joined group by of_trace`,
    [traceIds],
  );
  return new Map(rows.map((row) => [String(row.of_trace), Number(row.count)]));
}

/** How many each span of a trace has, and all that are of the trace itself or of its session. */
export async function evaluationsOfTrace(
  query: Query,
  traceId: string,
  sessionId: string | null,
): Promise<{ readonly ofTrace: readonly Evaluation[]; readonly bySpan: ReadonlyMap<string, number> }> {
  const ofTrace = await query(
    `select * from evaluation where (trace_id = $1 and scope = 'trace') or session_id = $2 order by time_ms, id`,
    [traceId, sessionId],
  );
  const spans = await query(
    `select of_span, count(distinct id)::integer as count from (
      ${BY_TRACE} union all ${BY_SPAN} union all
      select span.trace_id, span.span_id, evaluation.id from span join tag_set on tag_set.id = tag_set_id
        cross join unnest(tags) as own (tag) join evaluation on evaluation.tag = own.tag
        where span.trace_id = any($1::text[]) and exists (select from evaluation where tag is not null)
    ) as joined where of_span is not null group by of_span`,
    [[traceId]],
  );
  return {
    ofTrace: ofTrace.map(readEvaluation),
    bySpan: new Map(spans.map((row) => [String(row.of_span), Number(row.count)])),
  };
}

export async function evaluationsOfSpan(
  query: Query,
  traceId: string,
  spanId: string,
  tags: readonly string[],
): Promise<readonly Evaluation[]> {
  const rows = await query(
    `select * from evaluation
      where (span_id = $1 and trace_id = $2) or (span_id = $1 and trace_id is null) or tag = any($3::text[])
      order by time_ms, id`,
    [spanId, traceId, tags],
  );
  return rows.map(readEvaluation);
}

/** The metrics of a trace as they came. */
export async function metricsOfTrace(query: Query, traceId: string): Promise<readonly unknown[]> {
  const rows: readonly Row[] = await query(
    `select body from evaluation where id in (select id from (${await joins(query)}) as joined) order by time_ms, id`,
    [[traceId]],
  );
  return rows.map(({ body }): unknown => JSON.parse(String(body)));
}
