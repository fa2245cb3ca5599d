import { afterAll, beforeAll, expect, test } from "vitest";
import type { TraceListResponse, TraceResponse } from "../src/api/contract.js";
import { startViewer, type Viewer } from "../src/index.js";

let viewer: Viewer;

beforeAll(async () => {
  viewer = await startViewer({ store: "memory", port: 0, spanFolders: [] });
});

afterAll(() => viewer.close());

const json = async <T>(path: string): Promise<T> => (await fetch(viewer.origin + path)).json() as Promise<T>;

test("what the Agent's path is sent is listed and shown", async () => {
  const event = {
    trace_id: "t1",
    span_id: "1",
    parent_id: "undefined",
    name: "answer",
    start_ns: 1_795_374_037_794_021_000,
    duration: 6_720_215,
    status: "ok",
    tags: ["ml_app:shop"],
    meta: { "span.kind": "workflow", input: { value: "When?" }, output: { value: "Soon" } },
    metrics: {},
  };
  const child = {
    ...event,
    span_id: "2",
    parent_id: "1",
    name: "chat",
    meta: { "span.kind": "llm" },
    metrics: { input_tokens: 3, output_tokens: 4 },
  };
  const body = JSON.stringify([
    { event_type: "span", spans: [child] },
    { event_type: "span", spans: [event] },
  ]);
  for (let time = 0; time < 2; time++) {
    const response = await fetch(`${viewer.origin}/evp_proxy/v2/api/v2/llmobs`, { method: "POST", body });
    expect(response.status).toBe(202);
  }
  const { traces } = await json<TraceListResponse>("/api/traces");
  expect(traces).toMatchObject([
    {
      traceId: "t1",
      name: "answer",
      kind: "workflow",
      app: "shop",
      spanCount: 2,
      totalTokens: 7,
      durationMs: 6.720215,
      inputPreview: "When?",
    },
  ]);
  const { spans } = await json<TraceResponse>("/api/traces/t1");
  expect(spans.map(({ spanId, parentId, kind }) => [spanId, parentId, kind])).toEqual([
    ["1", null, "workflow"],
    ["2", "1", "llm"],
  ]);
});
