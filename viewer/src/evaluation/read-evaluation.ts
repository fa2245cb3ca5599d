import type { Evaluation } from "../api/contract.js";
import { fields, filled, finite, isFields, list, text } from "../span/fields.js";
import type { Row } from "../store/database.js";

/** A row of `evaluation` as the page shows it. */
export function readEvaluation(row: Row): Evaluation {
  const metric = fields(parse(row.body));
  const { id: submitter } = fields(metric.submitter);
  const metricType = toMetricType(row.metric_type);
  return {
    id: String(row.id),
    type: metric.event_kind === "feedback" ? "feedback" : "evaluation",
    label: String(row.label),
    metricType,
    value: metric[`${metricType}_value`] ?? null,
    assessment: metric.assessment === "pass" || metric.assessment === "fail" ? metric.assessment : null,
    reasoning: filled(metric.reasoning),
    submitter: filled(submitter),
    timeMs: finite(row.time_ms) ?? 0,
    tags: list(metric.tags).filter((tag) => typeof tag === "string"),
    metadata: isFields(metric.metadata) ? metric.metadata : {},
    scope: toScope(row.scope),
  };
}

function parse(body: unknown): unknown {
  return JSON.parse(text(body) ?? "null");
}

export function toMetricType(value: unknown): Evaluation["metricType"] {
  switch (value) {
    case "categorical":
    case "score":
    case "boolean":
    case "json":
      return value;
    default:
      return "text";
  }
}

function toScope(value: unknown): Evaluation["scope"] {
  switch (value) {
    case "trace":
    case "session":
    case "tag":
      return value;
    default:
      return "span";
  }
}
