import type { TraceFilter } from "../../api/contract.js";
import type { Query } from "../database.js";
import { storable } from "../write/storable.js";
import { Conditions } from "./conditions.js";

const STATUS = {
  error: "error_count > 0",
  running: "error_count = 0 and root_status = 2",
  ok: "error_count = 0 and root_status <> 2",
} as const;

/** Up to so many spans the traces of a kind, model or name are looked up; beyond, traces are tried one by one. */
const FEW = 20_000;

/** What a filter asks of a row of `trace`; null where nothing can match. Search is not among it. */
export async function traceConditions(query: Query, filter: TraceFilter): Promise<Conditions | null> {
  const conditions = new Conditions();
  if (filter.status !== undefined && filter.status.length > 0) {
    conditions.always(filter.status.map((status) => `(${STATUS[status]})`).join(" or "));
  }
  conditions
    .maybe("app = any($::text[])", filter.app?.map(storable))
    .maybe("version = any($::text[])", filter.version?.map(storable))
    .maybe("session_id = any($::text[])", filter.session?.map(storable))
    .maybe("start_ns >= $::bigint", nanoseconds(filter.fromMs))
    .maybe("start_ns < $::bigint", nanoseconds(filter.toMs))
    .maybe("end_ns - start_ns >= $::bigint", nanoseconds(filter.minDurationMs))
    .maybe("end_ns - start_ns <= $::bigint", nanoseconds(filter.maxDurationMs))
    .maybe("total_tokens >= $::bigint", whole(filter.minTokens))
    .maybe("total_tokens <= $::bigint", whole(filter.maxTokens));
  for (const column of ["kind", "model", "name"] as const) {
    const values = filter[column]?.map(storable);
    if (values === undefined || values.length === 0) continue;
    const series = await query(
      `select id, coalesce((select sum(requests) from rollup where series_id = id and width_s = 3600), 0)::float8 as spans
        from series where ${column} = any($1::text[])`,
      [values],
    );
    if (!haveSpans(conditions, "series_id", series)) return null;
  }
  if (filter.tag !== undefined && filter.tag.length > 0) {
    const sets = await query("select id, 0 as spans from tag_set where tags && $1::text[]", [filter.tag.map(storable)]);
    if (!haveSpans(conditions, "tag_set_id", sets)) return null;
  }
  return conditions;
}

function haveSpans(
  conditions: Conditions,
  column: string,
  found: readonly { readonly [key: string]: unknown }[],
): boolean {
  if (found.length === 0) return false;
  const ids = found.map(({ id }) => id);
  const spans = found.reduce((sum, each) => sum + Number(each.spans), 0);
  conditions.where(
    spans > FEW || column === "tag_set_id"
      ? `exists (select from span where span.trace_id = trace.trace_id and ${column} = any($::integer[]))`
      : `trace.trace_id in (select span.trace_id from span where ${column} = any($::integer[]))`,
    ids,
  );
  return true;
}

const MOST_NS = 9.2e18;

function nanoseconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.min(MOST_NS, Math.max(-MOST_NS, Math.round(ms * 1e6)));
}

function whole(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.min(MOST_NS, Math.max(-MOST_NS, Math.round(value)));
}
