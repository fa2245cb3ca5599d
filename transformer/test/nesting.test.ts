import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { instrument } from "../src/index.js";
import { tooDeepAt } from "../src/nesting.js";

const TAG = "/** @llmobs task */";

/** Programs that nest `depth` times in one way. */
const NESTED: Readonly<Record<string, (depth: number) => string>> = {
  blocks: (depth) => `${TAG} function f() { ${"{".repeat(depth)}${"}".repeat(depth)} }`,
  parentheses: (depth) => `${TAG} function f() { return ${"(".repeat(depth)}1${")".repeat(depth)} }`,
  arrays: (depth) => `${TAG} function f() { return ${"[".repeat(depth)}${"]".repeat(depth)} }`,
  objects: (depth) => `${TAG} function f() { return ${"{a:".repeat(depth)}1${"}".repeat(depth)} }`,
  calls: (depth) => `${TAG} function f() { return ${"g(".repeat(depth)}1${")".repeat(depth)} }`,
  templates: (depth) => `${TAG} function f() { return ${"`${".repeat(depth)}1${"}`".repeat(depth)} }`,
  functions: (depth) => `${TAG} function f() { ${"function g(){".repeat(depth)}${"}".repeat(depth)} }`,
  arrows: (depth) => `${TAG} const f = ${"() => ".repeat(depth)}1`,
  classes: (depth) => `${TAG} function f() { ${"class A { m() {".repeat(depth)}${"}}".repeat(depth)} }`,
  "tagged functions": (depth) => `${`${TAG} function f() { `.repeat(depth)}${"}".repeat(depth)}`,
  patterns: (depth) => `${TAG} function f(${"[".repeat(depth)}a${"]".repeat(depth)}) {}`,
  types: (depth) => `${TAG} function f(a: ${"A<".repeat(depth)}1${">".repeat(depth)}) {}`,
  "else if": (depth) => `${TAG} function f(a) { ${"if (a) {} else ".repeat(depth)}{} }`,
  conditions: (depth) => `${TAG} function f(a) { return ${"a ? 1 : ".repeat(depth)}1 }`,
  assignments: (depth) => `${TAG} function f(a) { ${"a = ".repeat(depth)}1 }`,
  negations: (depth) => `${TAG} function f(a) { return ${"!".repeat(depth)}a }`,
  "a tag's expression": (depth) =>
    `/** @llmobs task metadata={${"[".repeat(depth)}${"]".repeat(depth)}} */ function f() {}`,
};

/** What is long rather than deep: a parser needs no stack for it. */
const LONG: Readonly<Record<string, (length: number) => string>> = {
  sums: (length) => `${TAG} function f(a) { return ${"a + ".repeat(length)}1 }`,
  alternatives: (length) => `${TAG} function f(a) { return ${"a || ".repeat(length)}1 }`,
  members: (length) => `${TAG} function f(a) { return a${".b".repeat(length)} }`,
  "chained calls": (length) => `${TAG} function f(a) { return a${".b()".repeat(length)} }`,
  aliases: (length) =>
    `${TAG} function f(a) { ${Array.from({ length }, (_, n) => `const a${n + 1} = a${n};`).join("")} a${length}() }`,
  subclasses: (length) =>
    `${Array.from({ length }, (_, n) => `class A${n + 1} extends A${n} {}`).join("")} ${TAG} function f() { new A${length}().m() }`,
  elements: (length) => `${TAG} function f(a) { return <>${"<a>x</a>".repeat(length)}</> }`,
  "nested elements": (length) => `${TAG} function f(a) { return ${"<a>".repeat(length)}${"</a>".repeat(length)} }`,
  "lines without semicolons": (length) => `${TAG} function f(a) {\n${"a = a ? 1 : 2 // why\n".repeat(length)}}`,
};

const read = (source: string) => instrument(source, { filename: "a.tsx", root: ".", outline: true });

describe("5,000 levels do not end the process: the file is left alone and said", () => {
  test.each(Object.entries(NESTED))("%s", (_, nested) => {
    const source = nested(5000);
    const { code, map, sites, diagnostics } = read(source);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["LLMOBS1060"]);
    expect({ code: code === source, map, sites }).toEqual({ code: true, map: null, sites: [] });
  });
});

test.each(Object.entries(NESTED))("250 levels are traced: %s", (_, nested) => {
  expect(read(nested(250))).toMatchObject({ diagnostics: [], sites: expect.arrayContaining([expect.anything()]) });
});

test.each(Object.entries(LONG))("5,000 in a row are traced: %s", (_, long) => {
  const source = long(5000);
  expect(read(source).diagnostics).toEqual([]);
  expect(read(source).code).not.toBe(source);
});

test("no real file is called too deep", () => {
  const folder = new URL("../../node_modules/typescript/lib/", import.meta.url);
  const files = readdirSync(folder).filter((name) => /^(?:typescript|_tsc|lib\.dom\.d)\.[jt]s$/.test(name));
  expect(files).toHaveLength(3);
  for (const name of files) expect(tooDeepAt(readFileSync(new URL(name, folder), "utf8")), name).toBeUndefined();
});
