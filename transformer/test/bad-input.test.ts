import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";
import { instrument } from "../src/index.js";

const TAG = "/** @llmobs task */";
const GIVEN = { filename: "app.ts", root: "." };

/** What must hold for every text; says whether anything was traced. */
function check(source: string): boolean {
  const { code, map, sites, diagnostics } = instrument(source, GIVEN);
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  for (const { line, column, length } of diagnostics) {
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
    expect(length).toBeGreaterThan(0);
  }
  if (sites.length === 0) {
    expect(code).toBe(source);
    expect(map).toBe(null);
    return false;
  }
  const parsed = parseSync("app.ts", code.replace(/^\ufeff/, ""), {
    lang: "ts",
    sourceType: "unambiguous",
    showSemanticErrors: true,
  });
  expect(parsed.errors).toEqual([]);
  expect(instrument(code, GIVEN)).toMatchObject({ code, sites: [] });
  expect(code.split("\n")).toHaveLength(lines.length === 1 ? 1 : source.split("\n").length);
  return true;
}

/** This package's own sources with a tag before every function that begins a line, and others written for tests. */
const REAL: readonly string[] = [
  ...sources(new URL("../src/", import.meta.url)).map((text) =>
    text.replace(/^(?=export (?:async )?function|function)/gm, `${TAG}\n`),
  ),
  ...sources(new URL("../../test/semantics/fixtures/", import.meta.url)),
].filter((text) => text.includes("@llmobs"));

function sources(folder: URL): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[cm]?ts$/.test(file))
    .map((file) => readFileSync(new URL(file, folder), "utf8"));
}

const TRACED = `${TAG} export async function ask(q: string) { return q }`;

describe("whatever the text is, it comes back as it was or traced, and never throws", () => {
  test("random units, lone surrogates and control characters among them", () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)));
    const pieces = fc.constantFrom(
      TAG,
      "@llmobs ",
      "/**",
      "*/",
      "{",
      "}",
      "`",
      "${",
      "'",
      "function f() {}",
      "\r",
      "\u2028",
    );
    const text = fc
      .array(
        fc.oneof(
          units.map((list) => list.join("")),
          pieces,
        ),
      )
      .map((list) => list.join(""));
    fc.assert(
      fc.property(text, (each) => void check(each)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(text, (each) => void check(`${TAG} function f() {}\n${each}`)),
      { numRuns: 500 },
    );
  });

  test("random attributes", () => {
    const word = fc.constantFrom(
      "name",
      "tags",
      "input",
      "result",
      "=",
      "{",
      "}",
      '"',
      "'",
      "`",
      "${",
      "\\",
      "\n",
      "\n * ",
      " ",
      "/",
      "//",
      "[",
      "]",
      "(",
      ")",
      "a",
      "1",
      "@x",
      "\u{1f600}",
      "\ud800",
    );
    const text = fc.array(word, { maxLength: 12 }).map((list) => list.join(""));
    fc.assert(
      fc.property(text, (each) => void check(`/** @llmobs task ${each} */ export function f(a) { return a }`)),
      { numRuns: 1500 },
    );
  });

  test("real sources, cut off anywhere", () => {
    const cut = fc.record({ source: fc.constantFrom(...REAL), at: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(cut, ({ source, at }) => void check(source.slice(0, Math.floor(source.length * at)))),
      { numRuns: 200 },
    );
  });

  test("real sources with one thing changed", () => {
    const piece = fc.constantFrom(
      "",
      "{",
      "}",
      "(",
      ")",
      "`",
      "*/",
      "/*",
      '"',
      "=>",
      "\ud800",
      "\0",
      "\u2028",
      "\r",
      ";",
      TAG,
    );
    const change = fc.record({
      source: fc.constantFrom(...REAL),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      without: fc.nat(4),
      piece,
    });
    fc.assert(
      fc.property(change, ({ source, at, without, piece: inserted }) => {
        const place = Math.floor(source.length * at);
        check(source.slice(0, place) + inserted + source.slice(place + without));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a file that does not parse is left alone, with one diagnostic", () => {
  test.each([
    `${TRACED}\nconst = 1;`,
    `${TRACED}\nconst a = 'open`,
    `${TRACED}\n\`\${`,
    `${TRACED}\n/* open`,
    `${TRACED}\n\0`,
    `${TRACED}\n\ud800`,
    `${TRACED}\nlet a; let a;`,
    `${TAG} function f(`,
  ])("%j", (source) => {
    const { code, diagnostics } = instrument(source, GIVEN);
    expect(code).toBe(source);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["LLMOBS1019"]);
  });
});

test.each([
  ["a lone surrogate in a string", `export const a = "\ud800";\n${TRACED}`],
  ["a lone surrogate in a comment", `// \udfff\n${TRACED}`],
  ["a lone surrogate in a name", TRACED.replace("task", 'task name="\ud800"')],
  ["NUL in a string", `export const a = "\0";\n${TRACED}`],
  ["a byte order mark and a shebang", `\ufeff#!/usr/bin/env node\n${TRACED}`],
  ["CRLF", `import "node:fs";\r\n${TRACED}\r\n`],
  ["line ends of three more kinds", `export const a = 1;\r${TAG}\u2028export function ask(q) { return q }\u2029`],
  ["no line end", TRACED],
])("%s is no trouble", (_, source) => {
  expect(check(source)).toBe(true);
});

test("5 MB in one file", () => {
  const line = "export const x = (a: number) => [a, 'text'].map((each) => String(each));\n";
  const names = (text: string, index: number) => text.replace(" x ", ` x${index} `);
  const source = `${TRACED}\n${Array.from({ length: 75_000 }, (_, index) => names(line, index)).join("")}`;
  expect(source.length).toBeGreaterThan(5_000_000);
  const { code, sites, diagnostics } = instrument(source, GIVEN);
  expect({ sites: sites.length, diagnostics }).toEqual({ sites: 1, diagnostics: [] });
  expect(code.slice(-line.length)).toBe(source.slice(-line.length));
});
