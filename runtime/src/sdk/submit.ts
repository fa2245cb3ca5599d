import { Snapshot } from "../capture/snapshot.js";
import { evaluationMetric } from "../evaluation/evaluation.js";
import { feedbackMetric } from "../evaluation/feedback.js";
import type { EvaluationOptions, EvaluationTarget, FeedbackOptions } from "../evaluation/metric.js";
import { MetricFields } from "../evaluation/metric-fields.js";
import { MetricRecord } from "../evaluation/metric-record.js";
import type { JsonObject } from "../json.js";
import { state } from "../state.js";

export function submitEvaluation(target: EvaluationTarget, options: EvaluationOptions): void {
  submit("submitEvaluation", options, (fields, mlApp) => evaluationMetric(fields, target, mlApp));
}

export function submitFeedback(options: FeedbackOptions): void {
  submit("submitFeedback", options, feedbackMetric);
}

function submit(call: string, options: object, read: (fields: MetricFields, mlApp: string) => JsonObject): void {
  const runtime = state.active;
  if (runtime === null) return;
  const { pipeline, reporter, settings, keys } = runtime;
  const fields = new MetricFields(call, options, (value) => new Snapshot(keys).take(value));
  const metric = read(fields, settings.mlApp);
  reporter.counters.evaluations++;
  pipeline.push(new MetricRecord(metric));
}
