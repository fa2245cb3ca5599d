import { expect, test } from "vitest";
import { heatOf } from "../../src/page/trace/heat.js";
import { spanTree } from "../../src/page/trace/span-tree.js";
import { ticksOf } from "../../src/page/trace/ticks.js";
import { span } from "./span-summaries.js";

test("the time of children is not their parent's", () => {
  const tree = spanTree([
    span("root", null, { durationMs: 100 }),
    span("slow", "root", { startMs: 5, durationMs: 90 }),
    span("beside", "root", { startMs: 10, durationMs: 20 }),
  ]);
  const heats = heatOf(tree, "time", 0);
  expect([heats.get("root"), heats.get("slow")]).toEqual([1, 4]);
});

test("a running span lasts until now", () => {
  const tree = spanTree([
    span("done", null, { durationMs: 10 }),
    span("running", null, { durationMs: null, status: "running", startMs: 10 }),
  ]);
  expect(heatOf(tree, "time", 1000).get("running")).toBe(4);
});

test("by cost, a span without a known price is cold", () => {
  const tree = spanTree([span("dear", null, { cost: 2 }), span("unknown", null, { totalTokens: 1e6 })]);
  const heats = heatOf(tree, "cost", 0);
  expect([heats.get("dear"), heats.get("unknown")]).toEqual([4, 0]);
});

test.each([
  [100, [0, 20, 40, 60, 80]],
  [7, [0, 1, 2, 3, 4, 5, 6]],
  [0, []],
  [Number.NaN, []],
])("the axis of %d ms has round ticks", (length, ticks) => {
  expect(ticksOf(length)).toEqual(ticks);
});
