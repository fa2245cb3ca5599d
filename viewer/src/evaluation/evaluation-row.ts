import { createHash } from "node:crypto";
import type { Evaluation } from "../api/contract.js";
import { type Fields, fields, filled, finite, isFields } from "../span/fields.js";

/** An evaluation or a piece of feedback as the store keeps it, with what it is joined by. */
export interface EvaluationRow {
  /** Of its contents: sent twice it is one. */
  readonly id: string;
  readonly scope: Evaluation["scope"];
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly sessionId: string | null;
  /** `key:value` */
  readonly tag: string | null;
  readonly app: string;
  readonly label: string;
  readonly metricType: Evaluation["metricType"];
  /** Of scores the score, of booleans and assessments 1 or 0. */
  readonly score: number | null;
  readonly category: string | null;
  readonly timeMs: number;
  /** The metric as it came, as JSON. */
  readonly metric: string;
}

const TYPES = ["categorical", "score", "boolean", "json", "text"] as const;
const LONGEST = 500;

/** Reads a metric of the wire (v1, v2 or feedback); a string says what is wrong with it. */
export function toEvaluationRow(metric: Fields, nowMs = Date.now()): EvaluationRow | string {
  const label = filled(metric.label);
  if (label === null) return "label is missing";
  const type = TYPES.find((each) => each === String(metric.metric_type).toLowerCase());
  if (type === undefined) return `metric_type is none of ${TYPES.join(", ")}`;
  const value = metric[`${type}_value`];
  if (!fitsType(type, value)) return `${type}_value is not a value of type ${type}`;
  const joined = joinOf(metric);
  if (joined === undefined) return "nothing to join it to: neither a span, a trace, a session nor a tag";
  const time = finite(metric.timestamp_ms);
  const text = JSON.stringify(metric);
  return {
    id: createHash("sha256").update(text).digest("base64url"),
    ...joined,
    app: (filled(metric.ml_app) ?? "").slice(0, LONGEST),
    label: label.slice(0, LONGEST),
    metricType: type,
    score: scoreOf(value, metric.assessment),
    category: type === "categorical" && typeof value === "string" ? value.slice(0, LONGEST) : null,
    timeMs: time === null || time <= 0 || time > 8.64e15 ? nowMs : time,
    metric: text,
  };
}

function fitsType(type: (typeof TYPES)[number], value: unknown): boolean {
  switch (type) {
    case "categorical":
    case "text":
      return typeof value === "string";
    case "score":
      return finite(value) !== null;
    case "boolean":
      return typeof value === "boolean";
    case "json":
      return isFields(value);
  }
}

function scoreOf(value: unknown, assessment: unknown): number | null {
  if (typeof value === "number") return value;
  if (assessment === "pass" || assessment === "fail") return assessment === "pass" ? 1 : 0;
  return typeof value === "boolean" ? (value ? 1 : 0) : null;
}

type Join = Pick<EvaluationRow, "scope" | "traceId" | "spanId" | "sessionId" | "tag">;

const NOTHING = { traceId: null, spanId: null, sessionId: null, tag: null };

function joinOf(metric: Fields): Join | undefined {
  const { span, tag } = fields(metric.join_on);
  const key = filled(fields(tag).key);
  const value = filled(fields(tag).value);
  if (key !== null && value !== null) return { ...NOTHING, scope: "tag", tag: `${key}:${value}` };
  // Version 1 and feedback have the ids beside the label.
  const spanId = id(fields(span).span_id) ?? id(metric.span_id);
  const traceId = id(fields(span).trace_id) ?? id(metric.trace_id);
  if (metric.eval_scope === "trace" && traceId !== null) return { ...NOTHING, scope: "trace", traceId };
  if (spanId !== null) return { ...NOTHING, scope: "span", spanId, traceId };
  if (traceId !== null) return { ...NOTHING, scope: "trace", traceId };
  const sessionId = filled(metric.session_id);
  if (sessionId !== null) return { ...NOTHING, scope: "session", sessionId };
  const joinKey = filled(metric.feedback_join_key);
  return joinKey === null ? undefined : { ...NOTHING, scope: "tag", tag: `feedback_join_key:${joinKey}` };
}

function id(value: unknown): string | null {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  return filled(value)?.slice(0, 200) ?? null;
}
