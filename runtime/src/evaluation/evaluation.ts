import type { JsonObject } from "../json.js";
import { asOptions, type MetricFields } from "./metric-fields.js";

/** A metric about a span or a trace, in the wire's form and key order (dd-trace 6.21; tag and scope: dd-trace-py). */
export function evaluationMetric(fields: MetricFields, target: unknown, defaultMlApp: string): JsonObject {
  const joinOn = join(fields, target);
  const mlApp = mlAppOf(fields, target, defaultMlApp);
  const timestamp = fields.timestamp();
  const label = fields.label();
  const { type, value } = fields.typeAndValue("evaluation");
  const assessment = fields.assessment();
  const reasoning = fields.reasoning();
  const metadata = fields.metadata();
  return {
    event_kind: "evaluation",
    join_on: joinOn,
    label,
    metric_type: type,
    ml_app: mlApp,
    ...value,
    timestamp_ms: timestamp,
    tags: fields.tags(mlApp),
    ...reasoning,
    ...metadata,
    ...assessment,
    ...scope(fields),
  };
}

/** The application of the metric: its own, else that of a span it was given, else the configured one. */
export function mlAppOf(fields: MetricFields, span: unknown, defaultMlApp: string): string {
  const own = fields.option("mlApp");
  if (typeof own === "string" && own !== "") return own;
  const spans = asOptions(span)?.mlApp;
  return typeof spans === "string" && spans !== "" ? spans : defaultMlApp;
}

function join(fields: MetricFields, target: unknown): JsonObject {
  const given = asOptions(target);
  const tag = asOptions(given?.tag);
  if (tag !== undefined) {
    const key = fields.text(tag.key, "LLMOBS_INVALID_TARGET", "tag.key");
    return { tag: { key, value: fields.text(tag.value, "LLMOBS_INVALID_TARGET", "tag.value") } };
  }
  if (given === undefined) {
    return fields.fail(
      "LLMOBS_INVALID_TARGET",
      "span",
      "must be a span, its ids from exportSpan, or { tag: { key, value } }",
    );
  }
  const id = fields.text(given.spanId, "LLMOBS_INVALID_TARGET", "span.spanId");
  return { span: { span_id: id, trace_id: fields.text(given.traceId, "LLMOBS_INVALID_TARGET", "span.traceId") } };
}

function scope(fields: MetricFields): JsonObject {
  const given = fields.option("evalScope");
  if (given === undefined) return {};
  if (given === "span" || given === "trace") return { eval_scope: given };
  return fields.fail("LLMOBS_INVALID_EVAL_SCOPE", "evalScope", "must be span or trace");
}
