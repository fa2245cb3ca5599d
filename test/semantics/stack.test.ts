import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { instrument } from "@llmobs/transformer";
import { beforeAll, describe, expect, test } from "vitest";
import { buildWithAst } from "./build-ast.js";
import { buildWithText } from "./build-text.js";
import { FIXTURES } from "./fixtures.js";
import { type Frame, framesIn, missing } from "./stack-frames.js";

const CACHE = fileURLToPath(new URL("../.cache/stack/", import.meta.url));

interface Stack {
  readonly name: string;
  readonly stack: string;
}

beforeAll(() => {
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, "package.json"), '{ "type": "module" }');
});

function stacksOf(
  file: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): readonly Stack[] {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, file], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

describe.each([
  { printer: "text", build: buildWithText },
  { printer: "AST", build: buildWithAst },
])("with the map of the $printer printer", ({ printer, build }) => {
  const original = join(CACHE, printer, "original");
  const instrumented = join(CACHE, printer, "instrumented");

  beforeAll(() => {
    build("esm", false, original);
    build("esm", true, instrumented);
  });

  test.each([
    { state: "off", env: {} },
    { state: "on", env: { LLMOBS_DIR: join(CACHE, printer, "spans"), DD_LLMOBS_ML_APP: "test" } },
  ])("every place and function of an untraced stack is in the traced one, tracing $state", ({ env }) => {
    const flags = ["--enable-source-maps"];
    const expected = stacksOf(join(original, "stack/throws.mjs"), flags);
    const actual = stacksOf(join(instrumented, "stack/throws.mjs"), flags, env);
    expect(actual).not.toEqual(expected);
    expect(actual.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
    for (const [index, { name, stack }] of expected.entries()) {
      const before = framesIn("throws.mts", stack);
      const after = framesIn("throws.mts", actual[index]?.stack ?? "");
      const places = (frames: readonly Frame[]) => frames.map(({ line, column }) => `${line}:${column}`);
      const names = (frames: readonly Frame[]) =>
        frames.map((frame) => frame.name).filter((each) => each !== "" && each !== "<anonymous>");
      expect(before.length, name).toBeGreaterThan(2);
      expect(places(after)[0], name).toBe(places(before)[0]);
      expect(missing(places(before), places(after)), name).toEqual([]);
      expect(missing(names(before), names(after)), name).toEqual([]);
    }
  });
});

test("without a map every line is the author's", () => {
  const filename = join(FIXTURES, "stack/lines.mjs");
  const { code } = instrument(readFileSync(filename, "utf8"), { filename, root: FIXTURES });
  expect(code).toContain("_llmobs.run(");
  const file = join(CACHE, "lines.mjs");
  writeFileSync(file, code);
  const lines = (path: string) =>
    stacksOf(path, []).map(({ stack }) => framesIn("lines.mjs", stack).map(({ line }) => line));
  const [before = []] = lines(filename);
  const [after = []] = lines(file);
  expect(after[0]).toBe(before[0]);
  expect(missing(before, after)).toEqual([]);
});
