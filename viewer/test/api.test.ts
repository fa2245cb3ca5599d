import { readFileSync } from "node:fs";
import type {
  CompareResponse,
  ConversationResponse,
  DashboardResponse,
  FacetsResponse,
  InfoResponse,
  LiveEvent,
  SpanDetail,
  TraceListResponse,
  TraceResponse,
} from "@llmobs/viewer/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, envelopes, event, METRICS, SPANS, START_NS, viewerClient } from "./viewer.js";

const REQUESTS: readonly { readonly path: string; readonly body: unknown }[] = JSON.parse(
  readFileSync(new URL("fixtures/dd-trace-6-requests.json", import.meta.url), "utf8"),
);
const TRACE = "6b033bd5000000006f0989b8c265c0ff";
const LLM = "1461911467039698162";
const TOOL = "585214967277609320";
const HOUR = `fromMs=${START_NS / 1e6 - 1_800_000}&toMs=${START_NS / 1e6 + 1_800_000}`;

let client: Client;

beforeAll(async () => {
  client = await viewerClient();
  for (const { path, body } of REQUESTS) expect((await client.post(path, body)).status).toBe(202);
  await client.viewer.store.settle();
});

afterAll(() => client.close());

const list = (parameters = "") => client.get<TraceListResponse>(`/api/traces?${parameters}`);
const ids = async (parameters: string) => (await list(parameters)).traces.map(({ traceId }) => traceId);

describe("what the official SDK sent", () => {
  test("is listed", async () => {
    expect((await list()).traces).toEqual([
      {
        traceId: TRACE,
        name: "answer_question",
        kind: "workflow",
        status: "error",
        app: "shop-app",
        version: "1.2.3",
        sessionId: "sess-42",
        startMs: expect.closeTo(1795374037794.021, 3),
        durationMs: expect.closeTo(6.720215, 3),
        spanCount: 4,
        errorCount: 1,
        inputTokens: 31,
        outputTokens: 12,
        totalTokens: 43,
        cost: null,
        unpricedSpans: 1,
        models: ["gpt-4o"],
        inputPreview: '{"question":"When is my refund?","user":{"id":9}}',
        outputPreview: expect.stringContaining("pending"),
        errorPreview: "TypeError: refund service down",
        evaluationCount: 5,
      },
    ]);
  });

  test("is a tree", async () => {
    const { spans, trace } = await client.get<TraceResponse>(`/api/traces/${TRACE}`);
    expect(trace.evaluationCount).toBe(5);
    expect(spans.map(({ name, kind, status, evaluationCount }) => [name, kind, status, evaluationCount])).toEqual([
      ["answer_question", "workflow", "ok", 0],
      ["kb_search", "retrieval", "ok", 0],
      ["chat", "llm", "ok", 5],
      ["refund_status", "tool", "error", 0],
    ]);
    expect(spans[3]?.parentId).toBe(LLM);
  });

  test("shows a model call with its tools, prompt and evaluations", async () => {
    const span = await client.get<SpanDetail>(`/api/traces/${TRACE}/spans/${LLM}`);
    expect(span.input).toEqual({
      type: "messages",
      messages: [
        expect.objectContaining({ role: "system", content: "Be brief. é你" }),
        expect.objectContaining({ role: "user" }),
      ],
    });
    expect(span.output).toMatchObject({
      messages: [{ toolCalls: [{ id: "call_1", name: "refund_status", arguments: { order: 7 } }] }],
    });
    expect(span.prompt).toMatchObject({
      id: "refund-prompt",
      template: "Answer {{question}}",
      variables: { question: "When is my refund?" },
    });
    expect(span.toolDefinitions).toMatchObject([{ name: "refund_status", description: "look up" }]);
    expect(span).toMatchObject({ model: "gpt-4o", provider: "openai", sessionId: "sess-42", totalTokens: 43 });
    expect(
      span.evaluations.map(({ type, label, value, assessment, submitter }) => [
        type,
        label,
        value,
        assessment,
        submitter,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ["evaluation", "helpfulness", 0.8, "pass", null],
        ["evaluation", "grounded", true, null, null],
        ["evaluation", "rubric", { a: 1 }, null, null],
        ["feedback", "thumbs", "up", null, "user-9"],
      ]),
    );
  });

  test("shows documents with scores, and an error with its frames", async () => {
    const [root] = (await client.get<TraceResponse>(`/api/traces/${TRACE}`)).spans.filter(
      ({ kind }) => kind === "retrieval",
    );
    const retrieval = await client.get<SpanDetail>(`/api/traces/${TRACE}/spans/${root?.spanId}`);
    expect(retrieval.output).toEqual({
      type: "documents",
      documents: [
        { id: "doc-1", name: "policy.md", text: "Refunds take 5 days", score: 0.92 },
        { id: null, name: null, text: "Contact support", score: null },
      ],
    });
    const { error } = await client.get<SpanDetail>(`/api/traces/${TRACE}/spans/${TOOL}`);
    expect(error).toMatchObject({ type: "TypeError", message: "refund service down" });
    expect(error?.frames[0]).toMatchObject({ file: "/app/trace1.cjs", line: 27, column: 17, isOwn: false });
  });

  test("is one conversation, each message once", async () => {
    for (const path of [`traces/${TRACE}`, "sessions/sess-42"]) {
      const { turns } = await client.get<ConversationResponse>(`/api/${path}/conversation`);
      expect(turns.map(({ message }) => message.role)).toEqual(["system", "user", "assistant"]);
    }
  });

  test.each([
    ["search=refund", 1],
    ["search=refu", 1],
    ['search="service down"', 1],
    ["search=refund -service", 0],
    ["search=nowhere", 0],
    ["status=error", 1],
    ["status=ok", 0],
    ["status=ok&status=error", 1],
    ["kind=tool&model=gpt-4o", 1],
    ["kind=agent", 0],
    ["name=kb_search", 1],
    ["app=shop-app&version=1.2.3", 1],
    ["app=other", 0],
    ["tag=team:ai", 1],
    ["tag=team:other", 0],
    ["session=sess-42", 1],
    ["minDurationMs=6&maxDurationMs=7", 1],
    ["minDurationMs=7", 0],
    ["minTokens=43&maxTokens=43", 1],
    ["minTokens=44", 0],
    [HOUR, 1],
    [`toMs=${START_NS / 1e6 - 1}`, 0],
  ])("is found by %s: %i", async (parameters, count) => {
    expect(await ids(parameters.replaceAll('"', "%22"))).toHaveLength(count);
  });

  test("shows where the words of a search are", async () => {
    const { hits = [] } = (await list("search=refu")).traces[0] ?? {};
    expect(hits.length).toBeGreaterThan(0);
    for (const { text, ranges } of hits) {
      expect(ranges.map(([from, to]) => text.slice(from, to).toLowerCase())).toEqual(
        expect.arrayContaining([expect.stringMatching(/^refu/)]),
      );
    }
  });

  test("offers its values as facets", async () => {
    const facets = await client.get<FacetsResponse>("/api/facets");
    expect(facets).toMatchObject({
      status: [{ value: "error", count: 1 }],
      model: [{ value: "gpt-4o", count: 1 }],
      app: [{ value: "shop-app", count: 1 }],
      version: [{ value: "1.2.3", count: 1 }],
      session: [{ value: "sess-42", count: 1 }],
      tag: expect.arrayContaining([{ value: "team:ai", count: 1 }]),
    });
    expect(facets.kind.map(({ value }) => value).sort()).toEqual(["llm", "retrieval", "tool", "workflow"]);
  });

  test("is charted, together and by function", async () => {
    const all = await client.get<DashboardResponse>(`/api/dashboard?${HOUR}`);
    expect(all.totals).toMatchObject({ requests: 4, errors: 1, totalTokens: 43, cost: null, unpricedSpans: 1 });
    expect(all.series).toHaveLength(1);
    expect(all.series[0]?.points).toMatchObject([{ requests: 4 }]);
    const by = await client.get<DashboardResponse>(`/api/dashboard?${HOUR}&by=function`);
    expect(Object.fromEntries(by.series.map(({ group, totals }) => [group, totals.requests]))).toEqual({
      answer_question: 1,
      chat: 1,
      kb_search: 1,
      refund_status: 1,
    });
    const workflow = by.series.find(({ group }) => group === "answer_question")?.totals;
    for (const value of [workflow?.p50Ms, workflow?.p99Ms])
      expect(Math.abs((value ?? 0) / 6.720215 - 1)).toBeLessThan(0.05);
    expect(all.evaluations.find(({ label }) => label === "helpfulness")).toMatchObject({ count: 1, mean: 0.8 });
    const none = await client.get<DashboardResponse>(`/api/dashboard?${HOUR}&model=other`);
    expect(none.totals).toMatchObject({ requests: 0, p50Ms: null });
  });
});

test("a trace exported as JSON and imported elsewhere is the same trace", async () => {
  const other = await viewerClient();
  try {
    const exported = await (await fetch(`${client.viewer.origin}/api/traces/${TRACE}/export?format=json`)).text();
    for (let time = 0; time < 2; time++) {
      expect(await (await other.post("/api/import", exported)).json()).toEqual({
        traceIds: [TRACE],
        spans: 4,
        evaluations: 5,
      });
    }
    expect(await other.get(`/api/traces/${TRACE}`)).toEqual(await client.get(`/api/traces/${TRACE}`));
    expect(await other.get(`/api/traces/${TRACE}/spans/${LLM}`)).toEqual(
      await client.get(`/api/traces/${TRACE}/spans/${LLM}`),
    );
  } finally {
    await other.close();
  }
});

test("a trace as Markdown has its tree and its contents", async () => {
  const text = await (await fetch(`${client.viewer.origin}/api/traces/${TRACE}/export?format=markdown`)).text();
  expect(text).toMatch(/^# answer\\_question\n\nerror · 6\.72 ms · 4 spans/);
  expect(text).toContain("\n    - tool **refund\\_status**");
  expect(text).toContain("Refunds take 5 days");
});

test("two traces are compared span by span", async () => {
  const [left, right] = ["left", "right"];
  const child = (trace: string, id: string, name: string) =>
    event({ trace_id: trace, span_id: id, parent_id: "1", name, start_ns: START_NS + Number(id) });
  await client.post(
    SPANS,
    envelopes(
      event({ trace_id: left }),
      child(left, "2", "search"),
      child(left, "3", "chat"),
      event({ trace_id: right }),
      child(right, "2", "chat"),
      child(right, "3", "rank"),
    ),
  );
  const { rows } = await client.get<CompareResponse>(`/api/compare?left=${left}&right=${right}`);
  expect(rows.map(({ depth, left, right }) => [depth, left?.name ?? null, right?.name ?? null])).toEqual([
    [0, "answer", "answer"],
    [1, "search", null],
    [1, "chat", "chat"],
    [1, null, "rank"],
  ]);
});

test("pages of a list follow on one another, also where traces began at once", async () => {
  await client.post(
    SPANS,
    envelopes(...Array.from({ length: 7 }, (_, at) => event({ trace_id: `page-${at}`, tags: ["ml_app:pages"] }))),
  );
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: TraceListResponse = await list(`app=pages&limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...page.traces.map(({ traceId }) => traceId));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(["page-6", "page-5", "page-4", "page-3", "page-2", "page-1", "page-0"]);
});

test("the live tail tells of traces that pass its filter", async () => {
  const abort = new AbortController();
  const { body } = await fetch(`${client.viewer.origin}/api/live?app=tailed`, { signal: abort.signal });
  const told: LiveEvent[] = [];
  const reading = (async () => {
    let text = "";
    for await (const chunk of body ?? []) {
      text += Buffer.from(chunk).toString();
      const found = text.match(/^data: (.*)\n\n/m);
      if (found?.[1] !== undefined) {
        told.push(JSON.parse(found[1]));
        return;
      }
    }
  })();
  await client.post(
    SPANS,
    envelopes(
      event({ trace_id: "quiet", tags: ["ml_app:quiet"] }),
      event({ trace_id: "told", tags: ["ml_app:tailed"] }),
    ),
  );
  await reading;
  abort.abort();
  expect(told).toMatchObject([{ type: "traces", traces: [{ traceId: "told" }] }]);
});

test("a span that runs is replaced by what it became, however often both are sent", async () => {
  const { duration: _, status: __, ...start } = event({ trace_id: "running" });
  const { spans: before } = await client.get<InfoResponse>("/api/info");
  await client.post(SPANS, envelopes(start));
  expect((await client.get<TraceResponse>("/api/traces/running")).trace).toMatchObject({
    status: "running",
    durationMs: null,
  });
  for (const each of [event({ trace_id: "running" }), start, event({ trace_id: "running", duration: 1 })])
    await client.post(SPANS, envelopes(each));
  const { trace, spans } = await client.get<TraceResponse>("/api/traces/running");
  expect(trace).toMatchObject({ status: "ok", durationMs: 6, spanCount: 1 });
  expect(spans).toMatchObject([{ status: "ok", durationMs: 6 }]);
  expect((await client.get<InfoResponse>("/api/info")).spans).toBe(before + 1);
});

describe("evaluations that come before what they are about", () => {
  const metric = (fields: Readonly<Record<string, unknown>>) => ({
    data: {
      type: "evaluation_metric",
      attributes: {
        metrics: [{ label: "early", metric_type: "score", score_value: 1, timestamp_ms: 1, ml_app: "shop", ...fields }],
      },
    },
  });

  test.each([
    ["span", { join_on: { span: { trace_id: "early-span", span_id: "1" } } }, {}],
    ["tag", { join_on: { tag: { key: "request", value: "r-1" } } }, { tags: ["request:r-1"] }],
    ["span", { event_kind: "feedback", span_id: "77" }, { span_id: "77" }],
  ])("join by %s: %j", async (scope, join, fields) => {
    const traceId = `early-${JSON.stringify(join).length}`;
    const joined = JSON.parse(JSON.stringify(join).replace("early-span", traceId));
    expect((await client.post(METRICS, metric(joined))).status).toBe(202);
    await client.post(SPANS, envelopes(event({ trace_id: traceId, ...fields })));
    const { spans } = await client.get<TraceResponse>(`/api/traces/${traceId}`);
    expect(spans[0]?.evaluationCount).toBe(1);
    const span = await client.get<SpanDetail>(`/api/traces/${traceId}/spans/${spans[0]?.spanId}`);
    expect(span.evaluations).toMatchObject([{ label: "early", value: 1, scope }]);
  });

  test("join by trace and by session", async () => {
    await client.post(
      METRICS,
      metric({ eval_scope: "trace", join_on: { span: { trace_id: "scoped", span_id: "1" } } }),
    );
    await client.post(METRICS, metric({ event_kind: "feedback", session_id: "scoped-session" }));
    await client.post(SPANS, envelopes(event({ trace_id: "scoped", session_id: "scoped-session" })));
    const { evaluations } = await client.get<TraceResponse>("/api/traces/scoped");
    expect(evaluations.map(({ scope }) => scope).sort()).toEqual(["session", "trace"]);
  });
});

test("a select is answered; nothing else is run, and nothing is changed", async () => {
  const query = async (sql: string) => {
    const response = await client.post("/api/query", { sql, timeoutMs: 500 });
    return { status: response.status, ...((await response.json()) as object) };
  };
  expect(await query("select name, kind from spans where trace_id = 'left' and name = 'search';")).toEqual({
    status: 200,
    columns: ["name", "kind"],
    rows: [["search", "workflow"]],
    truncated: false,
  });
  for (const sql of [
    "delete from span",
    "with gone as (delete from span returning 1) select * from gone",
    "select 1) as answer; delete from span; select * from (select 1",
    "commit",
    "copy span to '/tmp/spans'",
    "select set_config('transaction_read_only', 'off', true), nextval('span_seq_seq')",
    "select 1 from nowhere",
  ]) {
    expect(await query(sql)).toEqual({ status: 400, error: expect.stringMatching(/^[^\n]+$/) });
  }
  expect((await list("app=shop-app")).traces).toHaveLength(1);
});
