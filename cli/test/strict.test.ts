import { describe, expect, test } from "vitest";
import { cli, cliOnTerminal, hasTerminals, project } from "./project.js";

const BAD = '/** @llmobs worklow */\nexport function f() { return "ran" }\nconsole.log(f());\n';
const MESSAGE = "error LLMOBS1001 Unknown kind `worklow`. Did you mean `workflow`?";

describe.each([
  ["app.ts", BAD],
  ["app.mjs", BAD],
  ["app.cjs", BAD.replace("export ", "")],
  ["app.cts", BAD],
])("an error in a tag of %s", (file, source) => {
  test("is said, and the program runs", async () => {
    const { code, stdout, stderr } = await cli(project({ [file]: source }), ["run", "--no-tree", file]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "ran\n",
      stderr: `[llmobs] ${file}:1:13 ${MESSAGE}\n`,
    });
  });

  test("fails the program with --strict, at its place", async () => {
    const { code, stdout, stderr } = await cli(project({ [file]: source }), ["run", "--no-tree", "--strict", file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(
      `/${file}:1:13\n/** @llmobs worklow */\n            ^\nSyntaxError: LLMOBS1001 Unknown kind`,
    );
  });
});

test("a warning does not fail a strict program", async () => {
  const source = '/** @llmobs task modelName="x" */\nfunction f() { return "ran" }\nconsole.log(f());\n';
  const { code, stdout, stderr } = await cli(project({ "app.ts": source }), ["run", "--no-tree", "--strict", "app.ts"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "ran\n" });
  expect(stderr).toContain("warning LLMOBS1025");
});

test.runIf(hasTerminals)("on a terminal a program's faults come with their lines", async () => {
  const { code, stdout } = await cliOnTerminal(project({ "app.ts": BAD }), ["run", "--no-tree", "app.ts"], {
    NO_COLOR: "1",
  });
  expect(code).toBe(0);
  expect(stdout.replaceAll("\r\n", "\n")).toContain(
    "> 1 | /** @llmobs worklow */\n    |             ^^^^^^^\n  2 | export function f()",
  );
  expect(stdout).toContain("ran");
});

test("an import that turns out to be a type does not break the program", async () => {
  const folder = project({
    "app.ts":
      'import { Limits } from "./types.js";\n/** @llmobs task metadata={{ a: Limits }} */\nfunction f(): Limits { return { most: 1 } }\nconsole.log(f().most);\n',
    "tsconfig.json": "{}",
    "types.ts": "export interface Limits { most: number }\n",
  });
  const { code, stdout, stderr } = await cli(folder, ["run", "--no-tree", "app.ts"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "1\n" });
  expect(stderr).toContain("app.ts:2:33 error LLMOBS1042 `Limits`");
  expect((await cli(folder, ["check"])).stdout).toContain("app.ts:2:33 error LLMOBS1042 `Limits`");
});
