import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { type Comparison, compareProgram } from "./compare.js";
import { knownDifferences } from "./known-differences.js";

const own = fileURLToPath(new URL("fixtures/programs", import.meta.url));
const ownHarness = fileURLToPath(new URL("fixtures/harness", import.meta.url));
const spanFolder = mkdtempSync(join(tmpdir(), "llmobs-language-"));
afterAll(() => rmSync(spanFolder, { recursive: true, force: true }));

const atOnce = 2;

describe("a program passes with every function tagged as it passes untagged", () => {
  test.each(programsIn(own))("%s", async (name) => {
    const comparisons = await compareProgram(join(own, name), ownHarness, spanFolder);
    expect(comparisons).not.toEqual([]);
    for (const { passed, tags, difference } of comparisons) {
      expect({ passed, difference }).toEqual({ passed: true, difference: null });
      expect(tags).toBeGreaterThan(0);
    }
  });
});

// The path of a checkout of https://github.com/tc39/test262
const checkout = process.env.LLMOBS_TEST262;
// Every so many programs only: all of them take more than an hour.
const share = Number(process.env.LLMOBS_TEST262_SHARE ?? 1);

const directories = [
  "arguments-object",
  ...[
    "function",
    "generators",
    "async-function",
    "async-generator",
    "arrow-function",
    "async-arrow-function",
    "class",
  ].map((name) => `expressions/${name}`),
  ...["expressions/object", "expressions/super", "expressions/yield", "expressions/await", "expressions/new.target"],
  ...["function", "generators", "async-function", "async-generator", "class"].map((name) => `statements/${name}`),
  "statements/for-await-of",
];

describe.runIf(checkout !== undefined)("test262 passes as it passes untagged", () => {
  test.each(directories)("%s", { timeout: 3 * 3_600_000 }, async (directory) => {
    const root = join(checkout ?? "", "test/language", directory);
    const names = programsIn(root).filter((_, index) => index % share === 0);
    const comparisons: Comparison[] = [];
    const takeNext = async () => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) {
        comparisons.push(...(await compareProgram(join(root, name), join(checkout ?? "", "harness"), spanFolder)));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, takeNext));
    const different = comparisons.filter(({ difference, file }) => difference !== null && !isKnown(file));
    console.log(summary(directory, comparisons));
    expect(different.map(({ file, mode, difference }) => ({ file, mode, difference }))).toEqual([]);
  });
});

function programsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js") && !name.includes("_FIXTURE"))
    .sort();
}

function isKnown(file: string): boolean {
  return knownDifferences.some(({ files }) => files.test(file));
}

function summary(directory: string, comparisons: readonly Comparison[]): string {
  const tagged = comparisons.filter(({ passed, tags }) => passed && tags > 0);
  const tags = tagged.reduce((sum, comparison) => sum + comparison.tags, 0);
  const refused = new Map<string, number>();
  for (const code of comparisons.flatMap((comparison) => comparison.refused))
    refused.set(code, (refused.get(code) ?? 0) + 1);
  const codes = [...refused].map(([code, count]) => `${count} ${code}`).join(", ");
  const known = tagged.filter(({ difference }) => difference !== null).length;
  return `${directory}: ${comparisons.length} runs, ${tagged.length} pass with ${tags} tags but for ${known}; refused: ${codes || "none"}`;
}
