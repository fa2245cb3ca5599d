import { expect, test } from "vitest";
import { type Redaction, redact } from "../src/capture/redact.js";
import { SensitiveKeys } from "../src/capture/sensitive-keys.js";
import { Snapshot } from "../src/capture/snapshot.js";

const value = () => ({ ctx: { apiKey: "k", user: { pin: 1 } }, list: [{ pin: 2 }, { pin: 3 }] });

test.each<[string, Redaction | undefined, unknown]>([
  ["nothing", undefined, value()],
  ["everything", "everything", "[redacted]"],
  ["a key", [{ keys: [["ctx", "hidden"]] }], { ...value(), ctx: "[redacted]" }],
  ["a key that is not there", [{ keys: [["none", "hidden"]] }], value()],
  [
    "an element of a list",
    [{ keys: [["list", 1]] }, { keys: [["0", "hidden"]] }],
    { ...value(), list: ["[redacted]", { pin: 3 }] },
  ],
  [
    "a key at any depth",
    [{ keys: [["pin", "hidden"]], other: 0 }],
    {
      ctx: { apiKey: "k", user: { pin: "[redacted]" } },
      list: [{ pin: "[redacted]" }, { pin: "[redacted]" }],
    },
  ],
])("hides %s", (_, redaction, expected) => {
  expect(redact(value(), redaction)).toEqual(expected);
});

test("a value without parts has nothing to hide in it", () => {
  expect(redact("text", [{ keys: [["ctx", "hidden"]], other: "hidden" }])).toBe("text");
  expect(redact(null, [{ keys: [["ctx", "hidden"]], other: "hidden" }])).toBeNull();
});

test("a list's length is no element of it, and every key of an object can be hidden", () => {
  const hide = (...keys: readonly string[]): Redaction => [{ keys: keys.map((key) => [key, "hidden"] as const) }];
  expect(redact([1, 2], hide("length", "-1", "NaN"))).toEqual([1, 2]);
  const taken = new Snapshot(new SensitiveKeys()).take(JSON.parse('{"__proto__":1,"constructor":2,"length":3}'));
  const hidden = redact(taken ?? null, hide("__proto__", "constructor", "length"));
  expect(JSON.stringify(hidden)).toBe('{"__proto__":"[redacted]","constructor":"[redacted]","length":"[redacted]"}');
});
