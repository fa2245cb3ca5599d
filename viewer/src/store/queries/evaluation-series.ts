import type { DashboardRequest, EvaluationSeries } from "../../api/contract.js";
import { toMetricType } from "../../evaluation/read-evaluation.js";
import type { Query, Row } from "../database.js";
import { storable } from "../write/storable.js";
import { Conditions } from "./conditions.js";

const MOST_LABELS = 20;
const MOST_VALUES = 10;

/** Evaluations of a time by label. They know an app, but no function, model or version. */
export async function evaluationSeries(
  query: Query,
  request: DashboardRequest,
  stepMs: number,
): Promise<readonly EvaluationSeries[]> {
  const conditions = new Conditions()
    .where("time_ms >= $::float8", request.fromMs)
    .where("time_ms < $::float8", request.toMs)
    .maybe("app = any($::text[])", request.app?.map(storable));
  const at = `floor(time_ms / ${conditions.parameter(stepMs)}::float8) * ${stepMs}`;
  const rows = await query(
    `select label, metric_type, ${at} as at, category, count(*)::integer as count, count(score)::integer as scored,
      sum(score) as score
    from evaluation where ${conditions} group by 1, 2, 3, 4 order by 3`,
    conditions.parameters,
  );
  const byLabel = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${String(row.metric_type)}\0${String(row.label)}`;
    byLabel.set(key, [...(byLabel.get(key) ?? []), row]);
  }
  return [...byLabel.values()]
    .map(seriesOf)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_LABELS);
}

function seriesOf(rows: readonly Row[]): EvaluationSeries {
  const byTime = new Map<number, Row[]>();
  const byCategory = new Map<string, number>();
  for (const row of rows) {
    byTime.set(Number(row.at), [...(byTime.get(Number(row.at)) ?? []), row]);
    if (row.category === null) continue;
    byCategory.set(String(row.category), (byCategory.get(String(row.category)) ?? 0) + Number(row.count));
  }
  return {
    label: String(rows[0]?.label),
    metricType: toMetricType(rows[0]?.metric_type),
    count: sum(rows, "count"),
    mean: mean(rows),
    values: [...byCategory]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_VALUES),
    points: [...byTime].map(([timeMs, each]) => ({ timeMs, count: sum(each, "count"), mean: mean(each) })),
  };
}

function mean(rows: readonly Row[]): number | null {
  const scored = sum(rows, "scored");
  return scored === 0 ? null : sum(rows, "score") / scored;
}

function sum(rows: readonly Row[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
}
