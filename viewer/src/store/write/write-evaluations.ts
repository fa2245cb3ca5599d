import type { EvaluationRow } from "../../evaluation/evaluation-row.js";
import type { Database } from "../database.js";
import { storable } from "./storable.js";

const INSERT = `insert into evaluation
  select * from json_to_recordset($1::json) as row (id text, scope text, trace_id text, span_id text, session_id text,
    tag text, app text, label text, metric_type text, score double precision, category text, time_ms double precision,
    body text)
  on conflict (id) do nothing`;

export async function writeEvaluations(database: Database, evaluations: readonly EvaluationRow[]): Promise<void> {
  if (evaluations.length === 0) return;
  const rows = evaluations.map((each) => ({
    id: each.id,
    scope: each.scope,
    trace_id: storable(each.traceId),
    span_id: storable(each.spanId),
    session_id: storable(each.sessionId),
    tag: storable(each.tag),
    app: storable(each.app),
    label: storable(each.label),
    metric_type: each.metricType,
    score: each.score,
    category: storable(each.category),
    time_ms: each.timeMs,
    body: each.metric,
  }));
  await database.transaction((query) => query(INSERT, [JSON.stringify(rows)]));
}
