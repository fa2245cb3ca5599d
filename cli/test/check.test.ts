import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, cliOnTerminal, hasTerminals, project } from "./project.js";

const FILES = {
  "src/bot.ts":
    'export class Bot {\n  /** @llmobs agent name="front desk" */\n  run() {}\n}\n/** @llmobs task */\nexport const f = () => 1;\n',
  "src/plain.ts": "export const a = 1;\n",
};

test("lists the sites and exits with 0", async () => {
  const { code, stdout } = await cli(project(FILES), ["check"]);
  expect(code).toBe(0);
  expect(stdout).toBe(
    "src/bot.ts:3:3   agent      front desk  Bot.run\nsrc/bot.ts:6:14  task       f\n\n2 traced, 0 errors in 2 files\n",
  );
});

test.each([
  ["/** @llmobs worklow */ function f() {}", "1:13 error LLMOBS1001 Unknown kind `worklow`. Did you mean `workflow`?"],
  [
    '/** @llmobs task nmae="x" */ function f() {}',
    "1:18 error LLMOBS1003 Unknown attribute `nmae`. Did you mean `name`?",
  ],
  [
    '/** @llmobs task name="x */ function f() {}',
    '1:23 error LLMOBS1005 The string of `name` has no closing quote. Close it with " before the comment ends; a comment ends at its first */.',
  ],
  [
    "/** @llmobs task tags={{ a } */ function f() {}",
    "1:23 error LLMOBS1006 The expression of `tags` has no closing brace. Close it with } before the comment ends; a comment ends at its first */.",
  ],
  [
    "/** @llmobs task */",
    "1:5 error LLMOBS1012 The tag is not before anything it can trace. Put it directly before a function, a method, a const that holds a function, a call or a block.",
  ],
])("says what is wrong in one line and exits with 1: %s", async (source, line) => {
  const { code, stdout, stderr } = await cli(project({ "bad.ts": source }), ["check"]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout.split("\n")[0]).toBe(`bad.ts:${line}`);
});

test("JSON for machines, paths, and a path that is not there", async () => {
  const folder = project(FILES);
  const { stdout } = await cli(folder, ["check", "--json", "src/bot.ts"]);
  const parsed: { files: number; sites: { id: string }[] } = JSON.parse(stdout);
  expect([parsed.files, parsed.sites.map(({ id }) => id)]).toEqual([1, ["src/bot.ts#Bot.run", "src/bot.ts#f"]]);
  expect(await cli(folder, ["check", "nowhere"])).toMatchObject({
    code: 1,
    stderr: "error: nowhere does not exist; name files or folders that do\n",
  });
});

test("honours .gitignore and leaves dependencies and declarations out", async () => {
  const folder = project({
    ...FILES,
    ".gitignore": "out/\n",
    "out/x.ts": "/** @llmobs wat */ function f() {}",
    "a.d.ts": "/** @llmobs task */ declare function f(): void;",
  });
  mkdirSync(join(folder, "node_modules/dep"), { recursive: true });
  writeFileSync(join(folder, "node_modules/dep/index.js"), "/** @llmobs wat */ function f() {}");
  expect(await cli(folder, ["check"])).toMatchObject({ code: 0, stdout: expect.stringContaining("in 2 files") });
});

test("looks into hidden folders", async () => {
  const folder = project({ ".server/a.ts": "/** @llmobs task */ export function f() {}" });
  expect((await cli(folder, ["check"])).stdout).toContain(".server/a.ts:1:");
});

test("colours only where they are wanted", async () => {
  const folder = project(FILES);
  expect((await cli(folder, ["check"], { FORCE_COLOR: "1" })).stdout).toContain("\u001b[36magent");
  expect((await cli(folder, ["check"], { FORCE_COLOR: "1", NO_COLOR: "1" })).stdout).not.toContain("\u001b");
});

const MISTYPED = [
  "/** @LLMObs workflow */ export function a() {}",
  "/** @llmob task name='x' */ export function b() {}",
  "/**\n * Text.\n * @llm-obs tool\n */\nexport function c() {}",
  "/** @llmobs: task */ export function d() {}",
  "/** @llmobs_ ignore */ export function e() {}",
];

test.each(MISTYPED)("a tag that is not spelt as one is said: %j", async (source) => {
  const { code, stdout } = await cli(project({ "a.ts": source }), ["check"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^a\.ts:\d+:\d+ error LLMOBS1049 `@[\w:-]+` is not a tag\. Did you mean `@llmobs`\?\n\n0 traced, 1 error/,
  );
});

test("what only looks like one is not", async () => {
  const files = {
    "a.ts":
      "/** @llm task */ /** @llmobs/runtime task */ /** Prose @LLMObs task */ export const a = '/** @LLMObs task */';",
    "b.ts": "// @LLMObs is the name of a product\n/** @LLMObs is one too */\n/** @lobs task */ export const b = 1;",
    "c.ts": "/** @llmobs ignore-file */ /** @LLMObs task */ export function c() {}",
  };
  expect((await cli(project(files), ["check"])).stdout).toBe("0 traced, 0 errors in 3 files\n");
});

describe.runIf(hasTerminals)("on a terminal", () => {
  const folder = () => project({ "src/a.ts": "/**\n * Answers.\n *\t@llmobs worklow\n */\nexport function f() {}\n" });
  const plain = (text: string) => text.replaceAll("\r\n", "\n");

  test("a fault comes with its lines, how to mend it and why", async () => {
    const { code, stdout } = await cliOnTerminal(folder(), ["check"], { NO_COLOR: "1" });
    expect(code).toBe(1);
    expect(plain(stdout)).toBe(`src/a.ts:3:12 error LLMOBS1001 Unknown kind \`worklow\`.
  2 |  * Answers.
> 3 |  * @llmobs worklow
    |            ^^^^^^^
  4 |  */
Did you mean \`workflow\`?
The kind decides how a span is shown and what is read out of arguments and results, so none is guessed.

0 traced, 1 error in 1 files
`);
  });

  test("in colours, unless NO_COLOR is set", async () => {
    const { stdout } = await cliOnTerminal(folder(), ["check"]);
    expect(stdout).toContain("\u001b[31merror\u001b[39m");
    expect(stdout).toContain("\u001b[31m\u001b[1m^");
    expect((await cliOnTerminal(folder(), ["check"], { NO_COLOR: "1" })).stdout).not.toContain("\u001b");
  });

  test("what would control the terminal is shown, and a line too long to read is not", async () => {
    const hostile = project({ "a.ts": "/** @llmobs task name='\u001b[2J' tags={{ \u202egone }} */ function f() {}" });
    const { stdout } = await cliOnTerminal(hostile, ["check"], { NO_COLOR: "1" });
    expect(stdout).toContain("·[2J");
    expect(stdout.includes("\u001b") || stdout.includes("\u202e")).toBe(false);
    const long = project({ "a.js": `/** @llmobs worklow */ function f() { return "${"x".repeat(1000)}" }` });
    expect((await cliOnTerminal(long, ["check"])).stdout).not.toContain("xxx");
  });
});

test("elsewhere it is a line", async () => {
  const { stdout } = await cli(project({ "a.ts": "/** @llmobs worklow */ function f() {}" }), ["check"], {
    FORCE_COLOR: "1",
  });
  expect(stdout.split("\n")[0]).toMatch(/Unknown kind `worklow`\. Did you mean/);
  expect(stdout).not.toContain("^");
});
