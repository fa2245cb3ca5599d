import type {
  FacetsResponse,
  FacetValue,
  TraceFilter,
  TraceListRequest,
  TraceListResponse,
  TraceSummary,
} from "../../api/contract.js";
import type { Query } from "../database.js";
import { countEvaluations } from "./evaluations.js";
import { findHits, SearchedTraces } from "./search.js";
import { TRACE_COLUMNS, toTraceSummary } from "./summaries.js";
import { traceConditions } from "./trace-filter.js";

const NONE: TraceListResponse = { traces: [], nextCursor: null };

/** Newest first. */
export async function listTraces(query: Query, request: TraceListRequest): Promise<TraceListResponse> {
  const limit = request.limit ?? 50;
  const conditions = await traceConditions(query, request);
  if (conditions === null) return NONE;
  const cursor = request.cursor === undefined ? undefined : parseCursor(request.cursor);
  if (cursor !== undefined) {
    const start = conditions.parameter(cursor.startNs);
    const id = conditions.parameter(cursor.traceId);
    // The first condition is implied, and makes the index usable in both directions of time.
    conditions.always(`start_ns <= ${start}::bigint and (start_ns, trace_id) < (${start}::bigint, ${id}::text)`);
  }
  const searched = SearchedTraces.of(request.search);
  const rows =
    searched === undefined
      ? await query(
          `select ${TRACE_COLUMNS} from trace where ${conditions} order by trace.start_ns desc, trace_id desc limit ${limit + 1}`,
          conditions.parameters,
        )
      : await searched.list(query, conditions, limit + 1);
  const traces = await complete(query, rows.slice(0, limit).map(toTraceSummary), searched);
  const last = rows[limit - 1];
  return {
    traces,
    nextCursor:
      rows.length > limit && last !== undefined ? `${String(last.exact_start)}.${String(last.trace_id)}` : null,
  };
}

/** Those of `traceIds` that pass the filter: the live tail asks so. */
export async function traceSummaries(
  query: Query,
  filter: TraceFilter,
  traceIds: readonly string[],
): Promise<readonly TraceSummary[]> {
  const conditions = await traceConditions(query, filter);
  if (conditions === null || traceIds.length === 0) return [];
  conditions.where("trace_id = any($::text[])", traceIds);
  const searched = SearchedTraces.of(filter.search);
  const rows =
    searched === undefined
      ? await query(
          `select ${TRACE_COLUMNS} from trace where ${conditions} order by trace.start_ns desc`,
          conditions.parameters,
        )
      : await searched.list(query, conditions, traceIds.length);
  return complete(query, rows.map(toTraceSummary), searched);
}

async function complete(
  query: Query,
  traces: readonly TraceSummary[],
  searched: SearchedTraces | undefined,
): Promise<readonly TraceSummary[]> {
  const ids = traces.map(({ traceId }) => traceId);
  const evaluations = await countEvaluations(query, ids);
  const hits = searched === undefined ? undefined : await findHits(query, ids, searched);
  return traces.map((trace) => ({
    ...trace,
    evaluationCount: evaluations.get(trace.traceId) ?? 0,
    ...(hits === undefined ? {} : { hits: hits.get(trace.traceId) ?? [] }),
  }));
}

function parseCursor(cursor: string): { readonly startNs: string; readonly traceId: string } | undefined {
  const [, startNs, traceId] = /^(\d{1,18}|\d{19})\.(.+)$/s.exec(cursor) ?? [];
  if (startNs === undefined || traceId === undefined || BigInt(startNs) > 2n ** 63n - 1n) return undefined;
  return { startNs, traceId };
}

const OF_THE_NEWEST = 500;
const MOST_VALUES = 100;
const FACETS = ["kind", "status", "name", "model", "app", "version", "tag", "session"] as const;

/** What the newest traces that pass the filter have, and in how many of them. */
export async function readFacets(query: Query, filter: TraceFilter): Promise<FacetsResponse> {
  const { traces } = await listTraces(query, { ...filter, limit: OF_THE_NEWEST });
  const ids = traces.map(({ traceId }) => traceId);
  const counts = new Map<string, FacetValue[]>(FACETS.map((facet) => [facet, []]));
  const rows = await query(
    `with of_span as materialized (
      select distinct trace_id, series_id, tag_set_id from span where trace_id = any($1::text[])
    ), of_series as (
      select distinct trace_id, kind, name, model, series.version from of_span join series on series.id = series_id
    )
    select 'kind' as facet, kind as value, count(distinct trace_id)::integer as count from of_series group by kind
    union all select 'name', name, count(distinct trace_id)::integer from of_series group by name
    union all select 'model', model, count(distinct trace_id)::integer from of_series where model <> '' group by model
    union all select 'tag', tag, count(distinct trace_id)::integer
      from (select distinct trace_id, tag_set_id from of_span) as sets
      join tag_set on tag_set.id = tag_set_id cross join unnest(tags) as tag group by tag
    order by count desc, value`,
    [ids],
  );
  for (const { facet, value, count } of rows) {
    counts.get(String(facet))?.push({ value: String(value), count: Number(count) });
  }
  const of = (facet: (typeof FACETS)[number]) => (counts.get(facet) ?? []).slice(0, MOST_VALUES);
  return {
    kind: of("kind"),
    status: tally(traces.map(({ status }) => status)),
    name: of("name"),
    model: of("model"),
    app: tally(traces.map(({ app }) => app)),
    version: tally(traces.flatMap(({ version }) => (version === null ? [] : [version]))),
    tag: of("tag"),
    session: tally(traces.flatMap(({ sessionId }) => (sessionId === null ? [] : [sessionId]))),
  };
}

/** How often each value is there, most frequent first. */
export function tally(values: readonly string[]): readonly FacetValue[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_VALUES);
}
