import { expect, test } from "vitest";
import { memberPath } from "../../src/page/json/json-path.js";
import { formatCost, formatDuration } from "../../src/page/text/figures.js";
import { searchWords } from "../../src/page/text/search-words.js";

test.each([
  [null, "–"],
  [0.0123, "12 µs"],
  [1.24, "1.2 ms"],
  [999, "999 ms"],
  [999.7, "1.00 s"],
  [59_999, "1 min 0 s"],
  [3_725_000, "1 h 2 min"],
])("%d ms reads %s", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test("a cost nobody knows is never zero", () => {
  const tokens = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
  expect(formatCost({ ...tokens, cost: null })).toBe("unknown");
  expect(formatCost({ ...tokens, cost: 0.01, unpricedSpans: 2 })).toBe("≥ $0.0100");
  expect(formatCost({ ...tokens, cost: 0 })).toBe("$0");
  expect(formatCost({ inputTokens: null, outputTokens: null, totalTokens: null, cost: null })).toBe("–");
});

test("the path of a member is what JavaScript writes", () => {
  const path = ["messages", 0, "x-id", "größe"].reduce<string>(memberPath, "input");
  expect(path).toBe('input.messages[0]["x-id"].größe');
});

test("words are found as they are, phrases whole", () => {
  expect("a.b costs $5 or (c d)".match(searchWords('a.b "(c d)" $5') ?? /never/)).toEqual(["a.b", "$5", "(c d)"]);
  expect(searchWords("  ")).toBeNull();
});
