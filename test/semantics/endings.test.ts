import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { buildWithText } from "./build-text.js";

const CACHE = fileURLToPath(new URL("../.cache/endings/", import.meta.url));

beforeAll(() => {
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, "package.json"), '{ "type": "module" }');
  buildWithText("esm", false, join(CACHE, "original"));
  buildWithText("esm", true, join(CACHE, "instrumented"));
});

/** How a program ended, with what it said; of its error only the line that names it. */
function ending(
  build: "original" | "instrumented",
  [program, how]: readonly [string, string],
  env: Readonly<Record<string, string>>,
) {
  const flags = ["--unhandled-rejections=strict", join(CACHE, build, "endings", `${program}.mjs`)];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...flags, how], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
  // A warning of Node 22 and later names the file, which is another one here.
  const lines = stderr.split("\n").map((line) => line.replace(/ at file:.*/, ""));
  const error = lines.filter((line) => /^(?:\w*Error|Warning)/.test(line));
  return { status, signal, stdout, error };
}

function expectSameEnding(program: string, how: string) {
  const original = ending("original", [program, how], {});
  expect(original.stdout).toContain("exit ");
  expect(ending("instrumented", [program, how], {})).toEqual(original);
  const tracing = { LLMOBS_DIR: join(CACHE, "spans", program, how), DD_LLMOBS_ML_APP: "test" };
  expect(ending("instrumented", [program, how], tracing)).toEqual(original);
  return original;
}

test.each(["rejects", "returnsRejected", "throws", "exits", "neverEnds", "overflows", "descends"])(
  "a program that %s ends as it did",
  (how) => void expectSameEnding("program", how),
);

describe("a result that fails", () => {
  test.each([
    "handedOn",
    "stacked",
    "memoisedTwice",
    "thenOfQuery",
    "subclass",
    "subclassChained",
    "webLoop",
    "webRead",
    "webPiped",
    "generatorLoop",
    "generatorStep",
    "nodeStream",
    "nodeLoop",
    "responseText",
    "responseJson",
  ])("and nobody handles it ends the program: %s", (how) => {
    expect(expectSameEnding("results", how)).toMatchObject({
      status: 1,
      error: [expect.stringContaining("TypeError")],
    });
  });

  test("and somebody handles it does not", () => {
    expect(expectSameEnding("results", "handled")).toMatchObject({ status: 0, error: [] });
  });
});
