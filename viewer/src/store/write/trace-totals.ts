import type { SpanRow } from "../../span/span-row.js";
import type { Query } from "../database.js";
import type { RolledSpan } from "./rollup.js";
import { STATUS_NUMBERS } from "./span-columns.js";
import { storable } from "./storable.js";

const DECLARATION = `trace_id text, start_ns bigint, end_ns bigint, root_rank smallint, root_start_ns bigint,
  root_status smallint, name text, kind text, app text, version text, session_id text, span_count integer,
  error_count integer, input_tokens bigint, output_tokens bigint, total_tokens bigint, cost double precision,
  unpriced integer, models text[], input_preview text, output_preview text, error_preview text`;

const NAMES = DECLARATION.split(",").map((column) => column.trim().split(/\s/)[0] ?? "");
const OF_ROOT = NAMES.filter((name) => /^root_|^(name|kind|app|version|input_preview|output_preview)$/.test(name));

const ADD = `insert into trace (${NAMES.join(", ")})
  select ${NAMES.join(", ")} from json_to_recordset($1::json) as row (${DECLARATION})
  on conflict (trace_id) do update set
    start_ns = least(trace.start_ns, excluded.start_ns),
    end_ns = greatest(trace.end_ns, excluded.end_ns),
    ${["span_count", "error_count", "input_tokens", "output_tokens", "total_tokens", "unpriced"]
      .map((name) => `${name} = trace.${name} + excluded.${name}`)
      .join(", ")},
    cost = case when trace.cost is null then excluded.cost else trace.cost + coalesce(excluded.cost, 0) end,
    models = case when trace.models @> excluded.models then trace.models
      else array(select distinct unnest(trace.models || excluded.models) order by 1) end,
    error_preview = coalesce(trace.error_preview, excluded.error_preview),
    session_id = coalesce(trace.session_id, excluded.session_id),
    ${OF_ROOT.map(
      (
        name,
      ) => `${name} = case when (excluded.root_rank, excluded.root_start_ns) <= (trace.root_rank, trace.root_start_ns)
        then excluded.${name} else trace.${name} end`,
    ).join(", ")}`;

/** Adds spans up by trace, then adds that to what the store knows of those traces. */
export async function addToTraces(query: Query, spans: readonly RolledSpan[]): Promise<void> {
  const byTrace = new Map<string, RolledSpan[]>();
  for (const each of spans) {
    const known = byTrace.get(each.span.traceId);
    if (known === undefined) byTrace.set(each.span.traceId, [each]);
    else known.push(each);
  }
  await query(ADD, [JSON.stringify([...byTrace.values()].map(totalOf))]);
}

function totalOf(all: readonly RolledSpan[]): Readonly<Record<string, unknown>> {
  const spans = all.map(({ span }) => span);
  const root = spans.reduce((best, span) => (isEarlierRoot(span, best) ? span : best));
  const ends = spans.flatMap(({ startNs, durationNs }) => (durationNs === null ? [] : [startNs + durationNs]));
  const costs = spans.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  const sum = (read: (span: SpanRow) => number | null) => spans.reduce((total, span) => total + (read(span) ?? 0), 0);
  return {
    trace_id: root.traceId,
    start_ns: spans.reduce((least, { startNs }) => Math.min(least, startNs), root.startNs),
    end_ns: ends.length === 0 ? null : ends.reduce((most, end) => Math.max(most, end)),
    root_rank: rank(root),
    root_start_ns: root.startNs,
    root_status: STATUS_NUMBERS[root.status],
    name: storable(root.name),
    kind: storable(root.kind),
    app: storable(root.app),
    version: storable(root.version ?? ""),
    session_id: storable(root.sessionId ?? spans.find(({ sessionId }) => sessionId !== null)?.sessionId ?? null),
    span_count: all.reduce((count, { isNew }) => count + (isNew ? 1 : 0), 0),
    error_count: sum(({ status }) => (status === "error" ? 1 : 0)),
    input_tokens: sum(({ inputTokens }) => inputTokens),
    output_tokens: sum(({ outputTokens }) => outputTokens),
    total_tokens: sum(({ totalTokens }) => totalTokens),
    cost: costs.length === 0 ? null : costs.reduce((total, cost) => total + cost),
    unpriced: sum((span) => (isUnpriced(span) ? 1 : 0)),
    models: [...new Set(spans.flatMap(({ model }) => (model === null ? [] : [storable(model)])))],
    input_preview: storable(root.inputPreview),
    output_preview: storable(root.outputPreview),
    error_preview: storable(spans.find(({ errorPreview }) => errorPreview !== null)?.errorPreview ?? null),
  };
}

/** Tokens were used, and nobody knows what they cost. */
export function isUnpriced({ cost, totalTokens }: SpanRow): boolean {
  return cost === null && totalTokens !== null && totalTokens > 0;
}

function rank({ parentId }: SpanRow): number {
  return parentId === null ? 0 : 1;
}

function isEarlierRoot(span: SpanRow, than: SpanRow): boolean {
  return rank(span) < rank(than) || (rank(span) === rank(than) && span.startNs < than.startNs);
}
