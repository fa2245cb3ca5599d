import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonWriter } from "../src/event/json-writer.js";
import { writeInSteps } from "../src/event/large-values.js";
import { type Form, type WriteValue, writeValue } from "../src/event/write-value.js";
import type { Json } from "../src/json.js";

const writer = new JsonWriter();

/** All that was written, which is ASCII. */
function written(write: () => void): string {
  writer.reset();
  write();
  const bytes = writer.bytes.subarray(0, writer.length);
  expect(bytes.every((byte) => byte < 128)).toBe(true);
  return new TextDecoder().decode(bytes);
}

function inSteps(value: Json, form: Form): WriteValue {
  const steps = writeInSteps([[value, form]]);
  for (;;) {
    const { done, value: write } = steps.next();
    if (done) return write;
  }
}

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
  // Halves of surrogate pairs too.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
);
const { tree: value } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom(null, true, false, 0, -0, 1e21, -1e-7, 2 ** 53, -(2 ** 31)),
    fc.integer(),
    fc.double(),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom("__proto__", "a", "b")), tie("tree"), { maxKeys: 4 }),
  ),
}));

test.each([
  ["at once", () => writeValue],
  ["in steps", inSteps],
])("values written %s are read back as JSON.stringify's are", (_, prepare) => {
  fc.assert(
    fc.property(value, (given) => {
      const json = JSON.stringify(given);
      expect(JSON.parse(written(() => prepare(given, "json")(writer, given, "json")))).toEqual(JSON.parse(json));
      const quoted: unknown = JSON.parse(written(() => prepare(given, "text")(writer, given, "text")));
      expect(quoted).toBe(typeof given === "string" ? given : json);
    }),
    { numRuns: 1000 },
  );
});

test("a long text is written in parts, whatever it holds", () => {
  for (const unit of ["a", '"', "\n", "é", "😀", "\ud83d"]) {
    const long = `${"x".repeat(70_001)}${unit.repeat(100_000)}`;
    expect(JSON.parse(written(() => writer.string(long)))).toBe(long);
  }
});

test("numbers are written as they are printed", () => {
  for (const number of [0, 9, 10, 99, 100, 999_999_999, 1_000_000_000, Number.MAX_SAFE_INTEGER]) {
    expect(written(() => writer.digits(number, 1))).toBe(String(number));
    expect(written(() => writer.digits(number, 12))).toBe(String(number).padStart(12, "0"));
  }
  for (const number of [0, 1, 0xdeadbeef, 0xffffffff, -1]) {
    expect(written(() => writer.hex(number))).toBe((number >>> 0).toString(16).padStart(8, "0"));
  }
});
