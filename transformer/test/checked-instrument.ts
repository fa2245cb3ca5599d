import { parseSync } from "oxc-parser";
import { expect } from "vitest";
import { checkTextWords } from "../../test/source-maps/text-words.js";
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
  const lineCount = (text: string) => text.split(/\r\n|[\n\r\u2028\u2029]/).length;
  expect(lineCount(result.code)).toBe(lineCount(source));
  expect(checkTextWords(source, result, given.filename).faults).toEqual([]);
  return result;
}

/** Diagnostics as `line:column CODE`. */
export function codes({ diagnostics }: InstrumentResult): readonly string[] {
  return diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

/** Sites as `kind name`. */
export function traced({ sites }: InstrumentResult): readonly string[] {
  return sites.map(({ kind, name }) => `${kind} ${name}`);
}
