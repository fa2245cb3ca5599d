import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { parseSync } from "oxc-parser";
import { expect } from "vitest";
import { type InstrumentOptions, type InstrumentResult, instrument } from "../src/index.js";

/** `instrument` with what must hold for every result: it parses, is stable, keeps its lines, and its map leads back. */
export function checkedInstrument(source: string, options: Partial<InstrumentOptions> = {}): InstrumentResult {
  const given = { filename: "/project/src/app.ts", root: "/project", ...options };
  const result = instrument(source, given);
  expect(instrument(source, given)).toEqual(result);
  if (result.map === null) {
    expect(result.code).toBe(source);
    return result;
  }
  const lang = given.filename.endsWith("x") ? "tsx" : /\.[cm]?js$/.test(given.filename) ? "jsx" : "ts";
  const sourceType = given.format === "commonjs" || given.filename.includes(".c") ? "commonjs" : "unambiguous";
  const parsed = parseSync(given.filename, result.code, { lang, sourceType, showSemanticErrors: true });
  expect(parsed.errors.map(({ message }) => message)).toEqual([]);
  expect(instrument(result.code, given).code).toBe(result.code);
  expect(result.code.split("\n")).toHaveLength(source.split("\n").length);
  expectMapRoundTrip(source, result);
  return result;
}

/** Every word of the author's text is found again at the place the map says it came from. */
function expectMapRoundTrip(source: string, { code, map }: InstrumentResult): void {
  const trace = new TraceMap(JSON.stringify(map));
  const sourceLines = source.split("\n");
  let mapped = 0;
  for (const [index, line] of code.split("\n").entries()) {
    for (const word of line.matchAll(/[A-Za-z_$][\w$]*/g)) {
      const original = originalPositionFor(trace, { line: index + 1, column: word.index });
      if (original.line === null || !isWordStart(line, word.index)) continue;
      const text = sourceLines[original.line - 1]?.slice(original.column) ?? "";
      // A generator's `arguments` have another name inside its body's function.
      if (!text.startsWith(word[0].replace(/^_llmobs\d*_(?=arguments$)/, ""))) continue;
      mapped++;
      expect(original.line).toBe(index + 1);
    }
  }
  const words = source.match(/[A-Za-z_$][\w$]*/g)?.length ?? 0;
  expect(mapped).toBeGreaterThanOrEqual(words);
}

function isWordStart(line: string, at: number): boolean {
  return at === 0 || !/[\w$]/.test(line[at - 1] ?? "");
}

/** Diagnostics as `line:column CODE`. */
export function codes({ diagnostics }: InstrumentResult): readonly string[] {
  return diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

/** Sites as `kind name`. */
export function traced({ sites }: InstrumentResult): readonly string[] {
  return sites.map(({ kind, name }) => `${kind} ${name}`);
}
