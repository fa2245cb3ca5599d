import { describe, expect, expectTypeOf, test } from "vitest";
import { type EvaluationOptions, type FeedbackOptions, llmobs, ValidationError } from "../src/index.js";
import { loopbackServer } from "./loopback-server.js";
import { readLines } from "./span-folder.js";
import { temporaryFolder } from "./temporary-folder.js";

interface Metric {
  readonly tags: readonly string[];
  readonly timestamp_ms: number;
  readonly [key: string]: unknown;
}

const VERSION_TAG = expect.stringMatching(/^ddtrace\.version:\d/);

/** Runs the program with tracing into a folder and gives back the metrics in it. */
async function submitted(program: () => unknown): Promise<readonly Metric[]> {
  const dir = temporaryFolder();
  process.env.LLMOBS_EXPORTERS = "files";
  try {
    llmobs.enable({ dir, mlApp: "test-app" });
    await program();
    await llmobs.shutdown();
    const lines = readLines(dir) as readonly { readonly type: string; readonly metric: Metric }[];
    return lines.flatMap(({ type, metric }) => (type === "evaluation" ? [metric] : []));
  } finally {
    llmobs.disable();
    delete process.env.LLMOBS_EXPORTERS;
  }
}

describe("submitEvaluation", () => {
  test("joins a span by itself, by its ids, or by a tag", async () => {
    const before = llmobs.stats();
    const options = { label: "quality", metricType: "score", value: 0.5 } as const;
    let ids: unknown;
    const metrics = await submitted(() =>
      llmobs.task({ name: "t", mlApp: "own-app" }, (span) => {
        ids = { span_id: span.spanId, trace_id: span.traceId };
        const exported = llmobs.exportSpan();
        llmobs.submitEvaluation(span, options);
        if (exported) llmobs.submitEvaluation(exported, { ...options, evalScope: "trace", timestampMs: 0 });
        llmobs.submitEvaluation({ tag: { key: "message", value: "m-1" } }, { ...options, evalScope: "span" });
      }),
    );
    expect(metrics).toEqual([
      {
        event_kind: "evaluation",
        join_on: { span: ids },
        label: "quality",
        metric_type: "score",
        ml_app: "own-app",
        score_value: 0.5,
        timestamp_ms: expect.closeTo(Date.now(), -5),
        tags: [VERSION_TAG, "ml_app:own-app"],
      },
      expect.objectContaining({
        join_on: { span: ids },
        ml_app: "test-app",
        eval_scope: "trace",
        timestamp_ms: 0,
        tags: [VERSION_TAG, "ml_app:test-app"],
      }),
      expect.objectContaining({ join_on: { tag: { key: "message", value: "m-1" } }, eval_scope: "span" }),
    ]);
    const after = llmobs.stats();
    expect([after.evaluations - before.evaluations, after.exported - before.exported]).toEqual([3, 4]);
  });

  test("takes every type of value, and everything beside it", async () => {
    const span = { spanId: "1", traceId: "2" };
    const [full, ...others] = await submitted(() => {
      llmobs.submitEvaluation(span, {
        label: "rubric",
        metricType: "json",
        value: { a: [1], at: new Date(0) },
        mlApp: "other",
        timestampMs: 1000,
        tags: { judge: "human", n: 1, none: null },
        reasoning: "é",
        assessment: "fail",
        metadata: { rubric: "v1" },
      });
      llmobs.submitEvaluation(span, { label: "tone", metricType: "categorical", value: "" });
      llmobs.submitEvaluation(span, { label: "grounded", metricType: "boolean", value: false });
      // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
      llmobs.submitEvaluation(span, { label: "zero", metricType: "SCORE", value: 0 } as any);
    });
    expect(full).toEqual({
      event_kind: "evaluation",
      join_on: { span: { span_id: "1", trace_id: "2" } },
      label: "rubric",
      metric_type: "json",
      ml_app: "other",
      json_value: { a: [1], at: "1970-01-01T00:00:00.000Z" },
      timestamp_ms: 1000,
      tags: [VERSION_TAG, "ml_app:other", "judge:human", "n:1", "none:null"],
      reasoning: "é",
      metadata: { rubric: "v1" },
      assessment: "fail",
    });
    expect(others).toMatchObject([
      { metric_type: "categorical", categorical_value: "" },
      { metric_type: "boolean", boolean_value: false },
      { metric_type: "score", score_value: 0 },
    ]);
  });
});

describe("submitFeedback", () => {
  test("is about a span, a trace, a session or a key of the program's own", async () => {
    const rest = {
      label: "thumbs",
      metricType: "text",
      value: "nice",
      submitter: { id: "u-1", type: "user" },
    } as const;
    const metrics = await submitted(() =>
      llmobs.task({ name: "t", mlApp: "own-app" }, (span) => {
        llmobs.submitFeedback({ span: { spanId: "1", traceId: "2" }, ...rest, reasoning: "r", assessment: "pass" });
        llmobs.submitFeedback({ spanId: "1", ...rest, submitter: { id: "u-2" } });
        llmobs.submitFeedback({ traceId: "2", ...rest });
        llmobs.submitFeedback({ sessionId: "s", ...rest });
        llmobs.submitFeedback({ feedbackJoinKey: "k", ...rest });
        llmobs.submitFeedback({ span, ...rest });
      }),
    );
    expect(metrics[0]).toEqual({
      event_kind: "feedback",
      span_id: "1",
      label: "thumbs",
      metric_type: "text",
      ml_app: "test-app",
      text_value: "nice",
      timestamp_ms: expect.any(Number),
      tags: [VERSION_TAG, "ml_app:test-app"],
      submitter: { id: "u-1", type: "user" },
      reasoning: "r",
      assessment: "pass",
    });
    expect(metrics.slice(1)).toMatchObject([
      { span_id: "1", submitter: { id: "u-2" } },
      { trace_id: "2" },
      { session_id: "s" },
      { feedback_join_key: "k" },
      { span_id: expect.stringMatching(/^\d+$/), ml_app: "own-app" },
    ]);
  });
});

describe("what is wrong is thrown at once and names its field", () => {
  const span = { spanId: "1", traceId: "2" };
  const good = { label: "l", metricType: "score", value: 1 };
  const feedback = { ...good, spanId: "1", submitter: { id: "u" } };
  // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
  const untyped: any = llmobs;
  const evaluate = (options: unknown, target: unknown = span) => untyped.submitEvaluation(target, options);
  const feed = (options: unknown) => untyped.submitFeedback(options);

  test.each<[string, string, () => void]>([
    ["LLMOBS_INVALID_OPTIONS", "options", () => evaluate(undefined)],
    ["LLMOBS_INVALID_OPTIONS", "options", () => evaluate([])],
    ["LLMOBS_INVALID_TARGET", "span", () => untyped.submitEvaluation(undefined, good)],
    ["LLMOBS_INVALID_TARGET", "span.spanId", () => evaluate(good, { traceId: "2" })],
    ["LLMOBS_INVALID_TARGET", "span.traceId", () => evaluate(good, { spanId: "1", traceId: "" })],
    ["LLMOBS_INVALID_TARGET", "tag.key", () => evaluate(good, { tag: { key: "", value: "v" } })],
    ["LLMOBS_INVALID_TARGET", "tag.value", () => evaluate(good, { tag: { key: "k", value: 5 } })],
    ["LLMOBS_INVALID_TIMESTAMP", "timestampMs", () => evaluate({ ...good, timestampMs: -1 })],
    ["LLMOBS_INVALID_TIMESTAMP", "timestampMs", () => evaluate({ ...good, timestampMs: new Date() })],
    ["LLMOBS_INVALID_LABEL", "label", () => evaluate({ ...good, label: "" })],
    ["LLMOBS_INVALID_LABEL", "label", () => evaluate({ ...good, label: "a.b" })],
    ["LLMOBS_INVALID_METRIC_TYPE", "metricType", () => evaluate({ ...good, metricType: "text" })],
    ["LLMOBS_INVALID_METRIC_TYPE", "metricType", () => evaluate({ ...good, metricType: undefined })],
    ["LLMOBS_INVALID_VALUE", "value", () => evaluate({ ...good, value: "1" })],
    ["LLMOBS_INVALID_VALUE", "value", () => evaluate({ ...good, value: Number.NaN })],
    ["LLMOBS_INVALID_VALUE", "value", () => evaluate({ ...good, metricType: "categorical" })],
    ["LLMOBS_INVALID_VALUE", "value", () => evaluate({ ...good, metricType: "boolean" })],
    ["LLMOBS_INVALID_VALUE", "value", () => evaluate({ ...good, metricType: "json", value: [1] })],
    ["LLMOBS_INVALID_VALUE", "value", () => evaluate({ ...good, metricType: "json", value: null })],
    ["LLMOBS_INVALID_ASSESSMENT", "assessment", () => evaluate({ ...good, assessment: "maybe" })],
    ["LLMOBS_INVALID_REASONING", "reasoning", () => evaluate({ ...good, reasoning: 5 })],
    ["LLMOBS_INVALID_METADATA", "metadata", () => evaluate({ ...good, metadata: ["m"] })],
    ["LLMOBS_INVALID_TAGS", "tags", () => evaluate({ ...good, tags: ["k:v"] })],
    ["LLMOBS_INVALID_TAGS", "tags.k", () => evaluate({ ...good, tags: { k: {} } })],
    ["LLMOBS_INVALID_EVAL_SCOPE", "evalScope", () => evaluate({ ...good, evalScope: "session" })],
    ["LLMOBS_INVALID_TARGET", "target", () => feed({ ...feedback, spanId: undefined })],
    ["LLMOBS_INVALID_TARGET", "target", () => feed({ ...feedback, traceId: "2" })],
    ["LLMOBS_INVALID_TARGET", "spanId", () => feed({ ...feedback, spanId: 5 })],
    ["LLMOBS_INVALID_TARGET", "span.spanId", () => feed({ ...feedback, spanId: undefined, span: {} })],
    ["LLMOBS_INVALID_SUBMITTER", "submitter.id", () => feed({ ...feedback, submitter: { id: "" } })],
    ["LLMOBS_INVALID_SUBMITTER", "submitter.type", () => feed({ ...feedback, submitter: { id: "u", type: 5 } })],
    ["LLMOBS_INVALID_LABEL", "label", () => feed({ ...feedback, label: 5 })],
    ["LLMOBS_INVALID_VALUE", "value", () => feed({ ...feedback, metricType: "text" })],
  ])("%s for %s", async (code, field, call) => {
    let caught: unknown;
    const metrics = await submitted(() => {
      try {
        call();
      } catch (error) {
        caught = error;
      }
    });
    expect(caught).toBeInstanceOf(ValidationError);
    expect(caught).toBeInstanceOf(TypeError);
    expect(caught).toMatchObject({ name: "ValidationError", code, field });
    expect(String(caught)).toContain(field);
    expect(metrics).toEqual([]);
  });

  test("but nothing with tracing off", () => {
    expect(evaluate(undefined)).toBeUndefined();
    expect(feed({})).toBeUndefined();
  });
});

test("types: a value fits its type, feedback has one target", () => {
  expectTypeOf<{ label: "l"; metricType: "score"; value: 1 }>().toExtend<EvaluationOptions>();
  expectTypeOf<{ label: "l"; metricType: "score"; value: "1" }>().not.toExtend<EvaluationOptions>();
  expectTypeOf<{ label: "l"; metricType: "text"; value: "1" }>().not.toExtend<EvaluationOptions>();
  expectTypeOf<{ label: "l"; metricType: "json"; value: "1" }>().not.toExtend<EvaluationOptions>();
  type Given = { label: "l"; metricType: "text"; value: "1"; submitter: { id: "u" } };
  expectTypeOf<Given & { spanId: "1" }>().toExtend<FeedbackOptions>();
  expectTypeOf<Given>().not.toExtend<FeedbackOptions>();
  expectTypeOf<Given & { spanId: "1"; traceId: "2" }>().not.toExtend<FeedbackOptions>();
});

describe("go to Datadog", () => {
  const given = { label: "l", metricType: "score", value: 1 } as const;

  test.each([
    [
      "through the Agent",
      { agentlessEnabled: false },
      { "x-datadog-evp-subdomain": "api" },
      "/evp_proxy/v2/api/intake/llm-obs/v2/eval-metric",
    ],
    [
      "without one",
      { agentlessEnabled: true, apiKey: "key" },
      { "dd-api-key": "key" },
      "/api/intake/llm-obs/v2/eval-metric",
    ],
  ])("%s, and flush waits for them", async (_, options, headers, url) => {
    const intake = await loopbackServer();
    process.env.DD_LLMOBS_OVERRIDE_ORIGIN = intake.origin;
    try {
      llmobs.enable({ ...options, agentUrl: intake.origin });
      llmobs.task((span) => {
        llmobs.submitEvaluation(span, given);
        llmobs.submitFeedback({ span, ...given, submitter: { id: "u" } });
      });
      await llmobs.flush();
      const request = intake.requests.find((each) => each.url === url);
      expect(request?.headers).toMatchObject({ "content-type": "application/json", ...headers });
      const { data } = JSON.parse(request?.body ?? "{}");
      expect(data.type).toBe("evaluation_metric");
      expect(data.attributes.metrics.map((metric: Metric) => metric.event_kind)).toEqual(["evaluation", "feedback"]);
    } finally {
      delete process.env.DD_LLMOBS_OVERRIDE_ORIGIN;
      await llmobs.shutdown();
    }
  });
});
