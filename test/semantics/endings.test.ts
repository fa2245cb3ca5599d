import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
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
function ending(build: "original" | "instrumented", how: string, env: Readonly<Record<string, string>>) {
  const program = join(CACHE, build, "endings/program.mjs");
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, how], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
  // A warning of Node 22 and later names the file, which is another one here.
  const lines = stderr.split("\n").map((line) => line.replace(/ at file:.*/, ""));
  const error = lines.filter((line) => /^(?:\w*Error|Warning)/.test(line));
  return { status, signal, stdout, error };
}

test.each(["rejects", "returnsRejected", "throws", "exits", "neverEnds", "overflows", "descends"])(
  "a program that %s ends as it did",
  (how) => {
    const original = ending("original", how, {});
    expect(original.stdout).toContain("exit ");
    expect(ending("instrumented", how, {})).toEqual(original);
    expect(ending("instrumented", how, { LLMOBS_DIR: join(CACHE, "spans", how), DD_LLMOBS_ML_APP: "test" })).toEqual(
      original,
    );
  },
);
