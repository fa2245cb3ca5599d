import { expect, test } from "vitest";
import { CATALOGUE, type InstrumentOptions, instrument } from "../src/index.js";

const ENTRIES = Object.entries(CATALOGUE);
const FILE: InstrumentOptions = { filename: "/project/a.ts", root: "/project" };

test.each(ENTRIES)("%s: its example produces it and nothing else", (code, entry) => {
  const format = "exampleFormat" in entry ? entry.exampleFormat : "commonjs";
  const { diagnostics } = instrument(entry.example, { ...FILE, format });
  expect(diagnostics).toMatchObject([{ code, severity: entry.severity }]);
  expect(`${diagnostics[0]?.message} ${diagnostics[0]?.hint}`).not.toMatch(/\{\w+\}|undefined/);
});

test.each(ENTRIES)("%s: mended, the example produces nothing", (_, { mended }) => {
  expect(instrument(mended, { ...FILE, format: "commonjs" }).diagnostics).toEqual([]);
});

test.each(ENTRIES)("%s: an error leaves the example as it is", (_, entry) => {
  const format = "exampleFormat" in entry ? entry.exampleFormat : "commonjs";
  const { sites } = instrument(entry.example, { ...FILE, format });
  // Of two tags one counts.
  const kept = entry.title === "Two tags" ? 1 : 0;
  expect(sites).toHaveLength(entry.severity === "error" ? kept : 1);
});
