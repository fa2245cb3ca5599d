import type { SpanRow } from "../../span/span-row.js";
import type { Query } from "../database.js";
import { binOf } from "../latency-bins.js";
import { isUnpriced } from "./trace-totals.js";

export interface RolledSpan {
  readonly span: SpanRow;
  readonly seriesId: number;
  /** Else its start was known. */
  readonly isNew: boolean;
}

/** Seconds a row of a rollup covers: charts of hours read minutes, those of days read hours. */
export const ROLLUP_WIDTHS = [60, 3600] as const;

const ROLLUP = `insert into rollup
  select * from json_to_recordset($1::json) as row (width_s integer, start_s bigint, series_id integer,
    requests integer, errors integer, input_tokens bigint, output_tokens bigint, total_tokens bigint,
    cost double precision, unpriced integer)
  on conflict (width_s, start_s, series_id) do update set
    requests = rollup.requests + excluded.requests, errors = rollup.errors + excluded.errors,
    input_tokens = rollup.input_tokens + excluded.input_tokens,
    output_tokens = rollup.output_tokens + excluded.output_tokens,
    total_tokens = rollup.total_tokens + excluded.total_tokens,
    cost = case when rollup.cost is null then excluded.cost else rollup.cost + coalesce(excluded.cost, 0) end,
    unpriced = rollup.unpriced + excluded.unpriced`;

const LATENCY = `insert into latency
  select * from json_to_recordset($1::json) as row (width_s integer, start_s bigint, series_id integer, bin smallint,
    count integer)
  on conflict (width_s, start_s, series_id, bin) do update set count = latency.count + excluded.count`;

interface RollupRow {
  readonly width_s: number;
  readonly start_s: number;
  readonly series_id: number;
  requests: number;
  errors: number;
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
  cost: number | null;
  unpriced: number;
}

interface LatencyRow {
  readonly width_s: number;
  readonly start_s: number;
  readonly series_id: number;
  readonly bin: number;
  count: number;
}

/** Spans that have ended, added to the minute and the hour they began in. */
export async function addToRollups(query: Query, spans: readonly RolledSpan[]): Promise<void> {
  const rollups = new Map<string, RollupRow>();
  const latencies = new Map<string, LatencyRow>();
  for (const { span, seriesId } of spans) {
    if (span.durationNs === null) continue;
    const bin = binOf(span.durationNs / 1e6);
    for (const width of ROLLUP_WIDTHS) {
      const start = Math.floor(span.startNs / 1e9 / width) * width;
      const place = { width_s: width, start_s: start, series_id: seriesId };
      add(
        found(rollups, `${width} ${start} ${seriesId}`, () => ({ ...place, ...NOTHING })),
        span,
      );
      found(latencies, `${width} ${start} ${seriesId} ${bin}`, () => ({ ...place, bin, count: 0 })).count++;
    }
  }
  if (rollups.size === 0) return;
  await query(ROLLUP, [JSON.stringify([...rollups.values()])]);
  await query(LATENCY, [JSON.stringify([...latencies.values()])]);
}

const NOTHING = {
  requests: 0,
  errors: 0,
  input_tokens: 0,
  output_tokens: 0,
  total_tokens: 0,
  cost: null,
  unpriced: 0,
};

function add(row: RollupRow, span: SpanRow): void {
  row.requests++;
  if (span.status === "error") row.errors++;
  row.input_tokens += span.inputTokens ?? 0;
  row.output_tokens += span.outputTokens ?? 0;
  row.total_tokens += span.totalTokens ?? 0;
  if (span.cost !== null) row.cost = (row.cost ?? 0) + span.cost;
  if (isUnpriced(span)) row.unpriced++;
}

function found<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
