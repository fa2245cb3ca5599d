import type {
  DashboardGroup,
  DashboardPoint,
  DashboardRequest,
  DashboardResponse,
  DashboardSeries,
  DashboardValues,
} from "../../api/contract.js";
import type { Query, Row } from "../database.js";
import { percentile } from "../latency-bins.js";
import { storable } from "../write/storable.js";
import { Conditions } from "./conditions.js";
import { evaluationSeries } from "./evaluation-series.js";

const MOST_POINTS = 120;
const MOST_SERIES = 12;
const MINUTE = 60;
const HOUR = 3600;
/** Beyond six hours the rollup of hours is read. */
const LONGEST_IN_MINUTES = 6 * HOUR;

const COLUMNS: Readonly<Record<DashboardGroup, string>> = {
  none: "''",
  function: "name",
  kind: "kind",
  model: "model",
  app: "app",
  version: "version",
};

/** Whole points: the first and last may reach beyond what was asked for. */
export async function readDashboard(query: Query, request: DashboardRequest): Promise<DashboardResponse> {
  const span = Math.max(1, (request.toMs - request.fromMs) / 1000);
  const width = span > LONGEST_IN_MINUTES ? HOUR : MINUTE;
  const step = Math.ceil(span / MOST_POINTS / width) * width;
  const from = Math.floor(request.fromMs / 1000 / step) * step;
  const to = Math.max(from + step, Math.ceil(request.toMs / 1000 / step) * step);
  const conditions = new Conditions()
    .where("width_s = $", width)
    .where("start_s >= $::bigint", from)
    .where("start_s < $::bigint", to)
    .maybe("app = any($::text[])", request.app?.map(storable))
    .maybe("version = any($::text[])", request.version?.map(storable))
    .maybe("model = any($::text[])", request.model?.map(storable))
    .maybe("name = any($::text[])", request.name?.map(storable))
    .maybe("kind = any($::text[])", request.kind?.map(storable));
  const at = `start_s - start_s % ${conditions.parameter(step)}::bigint`;
  const group = COLUMNS[request.by ?? "none"];
  const sums = await query(
    `select ${group} as "group", (${at})::float8 as at, sum(requests)::float8 as requests, sum(errors)::float8 as errors,
      sum(input_tokens)::float8 as input_tokens, sum(output_tokens)::float8 as output_tokens,
      sum(total_tokens)::float8 as total_tokens, sum(cost) as cost, sum(unpriced)::float8 as unpriced
    from rollup join series on series.id = series_id where ${conditions} group by 1, 2`,
    conditions.parameters,
  );
  const bins = await query(
    `select ${group} as "group", (${at})::float8 as at, bin, sum(count)::float8 as count
    from latency join series on series.id = series_id where ${conditions} group by 1, 2, 3`,
    conditions.parameters,
  );
  const busiest = groupsByRequests(sums);
  const named = busiest.slice(0, MOST_SERIES);
  const groups = busiest.length > named.length ? [...named, null] : named;
  return {
    stepMs: step * 1000,
    fromMs: from * 1000,
    toMs: to * 1000,
    totals: new Sum(sums, bins).values(),
    series: groups.map((each): DashboardSeries => {
      const isOf = ({ group: of }: Row) => (each === null ? !named.includes(String(of)) : of === each);
      return { group: each, ...pointsOf(sums.filter(isOf), bins.filter(isOf)) };
    }),
    evaluations: await evaluationSeries(query, { ...request, fromMs: from * 1000, toMs: to * 1000 }, step * 1000),
  };
}

function groupsByRequests(sums: readonly Row[]): readonly string[] {
  const requests = new Map<string, number>();
  for (const row of sums)
    requests.set(String(row.group), (requests.get(String(row.group)) ?? 0) + Number(row.requests));
  return [...requests].sort(([, a], [, b]) => b - a).map(([group]) => group);
}

function pointsOf(sums: readonly Row[], bins: readonly Row[]): Omit<DashboardSeries, "group"> {
  const sumsAt = byTime(sums);
  const binsAt = byTime(bins);
  const points = [...sumsAt]
    .sort(([a], [b]) => a - b)
    .map(([at, rows]): DashboardPoint => ({ timeMs: at * 1000, ...new Sum(rows, binsAt.get(at) ?? []).values() }));
  return { totals: new Sum(sums, bins).values(), points };
}

class Sum {
  readonly #rows: readonly Row[];
  readonly #bins = new Map<number, number>();

  constructor(rows: readonly Row[], bins: readonly Row[]) {
    this.#rows = rows;
    for (const { bin, count } of bins) this.#bins.set(Number(bin), (this.#bins.get(Number(bin)) ?? 0) + Number(count));
  }

  values(): DashboardValues {
    const priced = this.#rows.filter(({ cost }) => cost !== null);
    return {
      requests: this.#sum("requests"),
      errors: this.#sum("errors"),
      p50Ms: percentile(this.#bins, 0.5),
      p95Ms: percentile(this.#bins, 0.95),
      p99Ms: percentile(this.#bins, 0.99),
      inputTokens: this.#sum("input_tokens"),
      outputTokens: this.#sum("output_tokens"),
      totalTokens: this.#sum("total_tokens"),
      cost: priced.length === 0 ? null : priced.reduce((sum, { cost }) => sum + Number(cost), 0),
      unpricedSpans: this.#sum("unpriced"),
    };
  }

  #sum(column: string): number {
    return this.#rows.reduce((sum, row) => sum + Number(row[column]), 0);
  }
}

function byTime(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  const found = new Map<number, Row[]>();
  for (const row of rows) {
    const at = Number(row.at);
    const known = found.get(at);
    if (known === undefined) found.set(at, [row]);
    else known.push(row);
  }
  return found;
}
