import { expect, test } from "vitest";
import { decide } from "../src/sampling/sampling.js";

const IDS = [
  "0000000000000001",
  "000000000000000a",
  "587a4ae50ffa5c3e",
  "ffffffffffffffff",
  "8000000000000000",
  "00000000499602d2",
  "0123456789abcdef",
];

test.each([
  [0, "0", "0000000"],
  [0.25, "0.25", "1000010"],
  [0.5, "0.5", "1000110"],
  [0.9, "0.9", "1110111"],
  [1, "1", "1111111"],
])("a rate of %d keeps what dd-trace 6.21 keeps", (rate, text, kept) => {
  const decisions = IDS.map((low) => decide(rate, () => `6b033cc200000000${low}`));
  expect(decisions.map(({ decision }) => decision).join("")).toBe(kept);
  expect(new Set(decisions.map((each) => each.rate))).toEqual(new Set([text]));
});

test("rates have at most six decimals", () => {
  const rates = [1 / 3, 0.1 + 0.2, 0.0000004, 0.1].map((rate) => decide(rate, () => "0".repeat(32)).rate);
  expect(rates).toEqual(["0.333333", "0.3", "0", "0.1"]);
});
