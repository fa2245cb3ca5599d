import type { JsonObject } from "../json.js";
import { mlAppOf } from "./evaluation.js";
import { asOptions, type MetricFields } from "./metric-fields.js";

/** How each target is called on the wire. */
const TARGETS = {
  span: "span_id",
  spanId: "span_id",
  traceId: "trace_id",
  sessionId: "session_id",
  feedbackJoinKey: "feedback_join_key",
} as const;

type Target = keyof typeof TARGETS;

/** A user's opinion in the wire's form and key order (dd-trace 6.21). */
export function feedbackMetric(fields: MetricFields, defaultMlApp: string): JsonObject {
  const about = target(fields);
  const submitter = submitterOf(fields);
  const mlApp = mlAppOf(fields, fields.option("span"), defaultMlApp);
  const timestamp = fields.timestamp();
  const label = fields.label();
  const { type, value } = fields.typeAndValue("feedback");
  const assessment = fields.assessment();
  const reasoning = fields.reasoning();
  return {
    event_kind: "feedback",
    ...about,
    label,
    metric_type: type,
    ml_app: mlApp,
    ...value,
    timestamp_ms: timestamp,
    tags: fields.tags(mlApp),
    submitter,
    ...reasoning,
    ...assessment,
  };
}

function target(fields: MetricFields): JsonObject {
  const names = Object.keys(TARGETS).filter(isTarget);
  const [name, ...others] = names.filter((each) => fields.option(each) !== undefined);
  if (name === undefined || others.length > 0) {
    return fields.fail("LLMOBS_INVALID_TARGET", "target", `must be exactly one of ${names.join(", ")}`);
  }
  const given = fields.option(name);
  const id = name === "span" ? asOptions(given)?.spanId : given;
  return { [TARGETS[name]]: fields.text(id, "LLMOBS_INVALID_TARGET", name === "span" ? "span.spanId" : name) };
}

function isTarget(name: string): name is Target {
  return Object.hasOwn(TARGETS, name);
}

function submitterOf(fields: MetricFields): JsonObject {
  const given = asOptions(fields.option("submitter"));
  const id = fields.text(given?.id, "LLMOBS_INVALID_SUBMITTER", "submitter.id");
  const type = given?.type ?? undefined;
  if (type === undefined) return { id };
  return { id, type: fields.text(type, "LLMOBS_INVALID_SUBMITTER", "submitter.type") };
}
