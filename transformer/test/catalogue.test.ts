import { expect, test } from "vitest";
import { CATALOGUE, check, type InstrumentOptions } from "../src/index.js";

// The others have tests of their own: a text that is nested too deeply, a bundler with two plugins.
const ENTRIES = Object.entries(CATALOGUE).filter(([, { example }]) => example !== "");
const FILE: InstrumentOptions = { filename: "/project/a.ts", root: "/project" };

test.each(ENTRIES)("%s: its example produces it and nothing else", (code, entry) => {
  const format = "exampleFormat" in entry ? entry.exampleFormat : "commonjs";
  const { diagnostics } = check(entry.example, { ...FILE, format });
  expect(diagnostics).toMatchObject([{ code, severity: entry.severity }]);
  expect(`${diagnostics[0]?.message} ${diagnostics[0]?.hint}`).not.toMatch(/\{\w+\}|undefined/);
});

test.each(ENTRIES)("%s: mended, the example produces nothing", (_, { mended }) => {
  expect(check(mended, { ...FILE, format: "commonjs" }).diagnostics).toEqual([]);
});

test.each(ENTRIES)("%s: an error leaves the example as it is", (_, entry) => {
  const format = "exampleFormat" in entry ? entry.exampleFormat : "commonjs";
  const { sites } = check(entry.example, { ...FILE, format });
  // Of two tags one counts; what is no tag has no site.
  expect(sites).toHaveLength(entry.severity === "error" && entry.title !== "Two tags" ? 0 : 1);
});
