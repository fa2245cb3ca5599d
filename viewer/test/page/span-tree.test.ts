import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { spanRows, spanTree } from "../../src/page/trace/span-tree.js";
import { span } from "./span-summaries.js";

const nothingHidden = () => false;
const rowsOf = (...spans: Parameters<typeof spanTree>[0]) =>
  spanRows(spanTree(spans), new Set(), nothingHidden).map(({ span: { spanId }, depth }) => `${depth}${spanId}`);

describe("the tree of spans", () => {
  test("stands in the order of starts, whatever the order of arrival", () => {
    const spans = [span("c", "a", { startMs: 2 }), span("b", "a", { startMs: 1 }), span("a", null)];
    expect(rowsOf(...spans)).toEqual(["0a", "1b", "1c"]);
  });

  test("shows a span without its parent at the top, marked", () => {
    const [root] = spanTree([span("b", "missing")]);
    expect(root).toMatchObject({ orphan: true, span: { spanId: "b" } });
  });

  test("has every span once, whatever parents are claimed", () => {
    const spans = array(record({ id: integer({ min: 0, max: 12 }), parent: integer({ min: 0, max: 14 }) }), {
      maxLength: 20,
    });
    assert(
      property(spans, (claims) => {
        const claimed = claims.map(({ id, parent }) => span(`${id}`, parent > 12 ? null : `${parent}`));
        const ids = rowsOf(...claimed).map((row) => row.replace(/^\d/, ""));
        const shown = spanRows(spanTree(claimed), new Set(), nothingHidden).map((row) => row.span.spanId);
        expect(ids.length).toBe(shown.length);
        expect([...shown].sort()).toEqual([...new Set(claimed.map(({ spanId }) => spanId))].sort());
      }),
    );
  });

  test("is as deep as it must be", () => {
    const spans = Array.from({ length: 20_000 }, (_, index) => span(`${index}`, index === 0 ? null : `${index - 1}`));
    const rows = spanRows(spanTree(spans), new Set(), nothingHidden);
    expect(rows.at(-1)?.depth).toBe(19_999);
  });
});

describe("the lines shown", () => {
  const spans = [span("a", null), span("b", "a", { kind: "tool" }), span("c", "b"), span("d", "a", { startMs: 1 })];

  test("leave out what is below a closed span", () => {
    const rows = spanRows(spanTree(spans), new Set(["b"]), nothingHidden);
    expect(rows.map((row) => [row.span.spanId, row.open])).toEqual([
      ["a", true],
      ["b", false],
      ["d", true],
    ]);
  });

  test("give the place of a hidden kind to its children", () => {
    const rows = spanRows(spanTree(spans), new Set(["b"]), ({ kind }) => kind === "tool");
    expect(rows.map((row) => [row.span.spanId, row.depth])).toEqual([
      ["a", 0],
      ["c", 1],
      ["d", 1],
    ]);
  });
});

test("a kind of any name can be hidden", () => {
  assert(
    property(constantFrom("__proto__", "constructor", "toString"), (kind) => {
      const rows = spanRows(spanTree([span("a", null, { kind })]), new Set(), (one) => one.kind === kind);
      expect(rows).toEqual([]);
    }),
  );
});
