import { expect, test } from "vitest";
import type { TraceSummary } from "../../src/api/contract.js";
import { mergeLive } from "../../src/page/traces/merge-live.js";

function trace(traceId: string, startMs: number, name = traceId): TraceSummary {
  return {
    traceId,
    name,
    startMs,
    kind: "task",
    status: "ok",
    app: "app",
    version: null,
    sessionId: null,
    durationMs: 1,
    spanCount: 1,
    errorCount: 0,
    inputTokens: 0,
    outputTokens: 0,
    totalTokens: 0,
    cost: null,
    unpricedSpans: 0,
    models: [],
    inputPreview: "",
    outputPreview: "",
    errorPreview: null,
    evaluationCount: 0,
  };
}

test("a changed trace keeps its place, a new one comes first, the newest of them at the top", () => {
  const before = [trace("b", 2), trace("a", 1)];
  const changed = [trace("c", 3), trace("a", 1, "finished"), trace("d", 4)];
  const names = mergeLive(before, changed, "start").map(({ name }) => name);
  expect(names).toEqual(["d", "c", "b", "finished"]);
});

test("the next page follows at the end, without what is there already", () => {
  const names = mergeLive([trace("b", 2)], [trace("b", 2), trace("a", 1)], "end").map(({ name }) => name);
  expect(names).toEqual(["b", "a"]);
});
