import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import llmobs from "@llmobs/transformer/esbuild";
import { type BuildOptions, build, context, type Plugin } from "esbuild";
import { describe, expect, test } from "vitest";
import { spanNames } from "./span-names.js";
import { node, workspaceFolder } from "./workspace-folder.js";

const options = (folder: string, plugin = llmobs()): BuildOptions => ({
  absWorkingDir: folder,
  entryPoints: ["src/main.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  outfile: "out.mjs",
  sourcemap: true,
  logLevel: "silent",
  plugins: [plugin],
});

const MAIN = `import { add } from "./add";
/** @llmobs workflow */
export async function main(question: string): Promise<string> {
  return question + add(1, 2);
}
console.log(await main("q"), main.name, main.length);
`;
const ADD = "/** @llmobs task */\nexport const add = (a: number, b: number): number => a + b;\n";

test("a bundle is traced, and its map leads to the sources", async () => {
  const folder = workspaceFolder({ "src/main.ts": MAIN, "src/add.ts": ADD });
  const { warnings } = await build(options(folder));
  expect(warnings).toEqual([]);
  const { stdout } = await node(folder, ["out.mjs"], { LLMOBS_DIR: "spans" });
  expect(stdout).toBe("q3 main 1\n");
});

test("files without a tag are left to esbuild", async () => {
  const folder = workspaceFolder({
    "src/main.ts": 'import "./plain"; export {};',
    "src/plain.ts": ADD.replace("@llmobs", "llmobs"),
  });
  const { metafile } = await build({ ...options(folder), metafile: true });
  expect(Object.keys(metafile?.inputs ?? {})).toEqual(["src/plain.ts", "src/main.ts"]);
});

test("files outside the root are traced too", async () => {
  const folder = workspaceFolder({
    "app/src/main.ts": 'import { add } from "../../shared/add"; console.log(add(1, 2));',
    "shared/add.ts": ADD,
  });
  const { outputFiles } = await build({ ...options(join(folder, "app")), write: false });
  expect(outputFiles?.map(({ text }) => text).join()).toContain("@llmobs/runtime/compiled");
});

test("files in hidden folders are traced too", async () => {
  const folder = workspaceFolder({
    "src/main.ts": 'import { add } from "../.server/add"; console.log(add(1, 2));',
    ".server/add.ts": ADD,
  });
  const { outputFiles } = await build({ ...options(folder), write: false });
  expect(outputFiles?.map(({ text }) => text).join()).toContain("@llmobs/runtime/compiled");
});

test("a JavaScript file without imports becomes part of an ES module", async () => {
  const folder = workspaceFolder({
    "src/main.js": "/** @llmobs task */ function f(x) { return x }\nconsole.log(f(1));",
  });
  await build({ ...options(folder), entryPoints: ["src/main.js"] });
  expect(await node(folder, ["out.mjs"])).toEqual({ code: 0, stdout: "1\n", stderr: "" });
});

describe("a fault in a tag", () => {
  const bad = { "src/main.ts": 'const wide = "é";\n/** @llmobs worklow */ export function f() { return wide }\n' };

  test("is a warning with place and fix, and the function stays as it is", async () => {
    const { warnings } = await build(options(workspaceFolder(bad)));
    expect(warnings).toMatchObject([
      {
        detail: { code: "LLMOBS1001" },
        pluginName: "llmobs",
        text: "LLMOBS1001 Unknown kind `worklow`.",
        location: { file: "src/main.ts", line: 2, column: 12, length: 7 },
        notes: [{ text: "Did you mean `workflow`?" }, { text: expect.stringContaining("The kind decides") }],
      },
    ]);
  });

  test("fails a strict build", async () => {
    const failed = build(options(workspaceFolder(bad), llmobs({ strict: true })));
    await expect(failed).rejects.toMatchObject({ errors: [{ detail: { code: "LLMOBS1001" } }] });
  });
});

test("names that the build defines, and those it is told, are in sight of tags", async () => {
  const source =
    "/** @llmobs task metadata={{ v: VERSION, s: store.name, g: gone }} */ export function f() { return 1 }\nf();";
  const folder = workspaceFolder({ "src/main.ts": source });
  const { warnings } = await build({
    ...options(folder, llmobs({ globals: ["store"] })),
    define: { VERSION: '"1.0"' },
  });
  expect(warnings.map(({ text }) => text)).toEqual([expect.stringContaining("LLMOBS1040 `gone`")]);
});

test("mode off builds what esbuild alone builds", async () => {
  const folder = workspaceFolder({ "src/main.ts": MAIN, "src/add.ts": ADD });
  const texts = async (plugins: BuildOptions["plugins"]) =>
    (await build({ ...options(folder), write: false, plugins: plugins ?? [] })).outputFiles?.map(({ text }) => text);
  expect(await texts([llmobs({ mode: "off" })])).toEqual(await texts([]));
});

describe("another plugin that loads files", () => {
  const files = { "src/main.ts": MAIN, "src/add.ts": ADD, "src/not-built.ts": ADD };
  const loadsAdd: Plugin = {
    name: "other",
    setup({ onLoad }) {
      onLoad({ filter: /add\.ts$/ }, ({ path }) => ({ contents: readFileSync(path, "utf8"), loader: "ts" }));
    },
  };

  test.each([{}, { prescan: false }])("first takes them: each is named, with the fix (%j)", async (given) => {
    const folder = workspaceFolder(files);
    const { warnings, metafile } = await build({ ...options(folder), plugins: [loadsAdd, llmobs(given)] });
    expect(warnings).toMatchObject([
      {
        pluginName: "llmobs",
        text: "LLMOBS1061 The file has a tag and is not traced: another plugin of the bundler loaded it first.",
        location: { file: "src/add.ts" },
        notes: [{ text: "Put llmobs() before the other plugins." }],
      },
    ]);
    expect(metafile).toBe(undefined);
    const strict = build({ ...options(folder), plugins: [loadsAdd, llmobs({ ...given, strict: true })] });
    await expect(strict).rejects.toMatchObject({ errors: [{ text: expect.stringContaining("LLMOBS1061") }] });
  });

  test("behind leaves them to us", async () => {
    const folder = workspaceFolder(files);
    const { warnings, metafile } = await build({ ...options(folder), metafile: true, plugins: [llmobs(), loadsAdd] });
    expect(warnings).toEqual([]);
    expect(Object.keys(metafile?.inputs ?? {})).toEqual(["src/add.ts", "src/main.ts"]);
    await node(folder, ["out.mjs"], { LLMOBS_DIR: "spans" });
    expect(spanNames(join(folder, "spans"))).toEqual(["add", "main"]);
  });

  test("of two copies of ours one works and none complains", async () => {
    const folder = workspaceFolder(files);
    const { warnings } = await build({ ...options(folder), plugins: [llmobs(), llmobs()] });
    expect(warnings).toEqual([]);
    await node(folder, ["out.mjs"], { LLMOBS_DIR: "spans" });
    expect(spanNames(join(folder, "spans"))).toEqual(["add", "main"]);
  });

  test("that loads other files is no trouble, in rebuilds neither", async () => {
    const folder = workspaceFolder(files);
    const other: Plugin = { ...loadsAdd, setup: ({ onLoad }) => onLoad({ filter: /nothing/ }, () => undefined) };
    const watched = await context({ ...options(folder), write: false, metafile: true, plugins: [other, llmobs()] });
    try {
      for (const { warnings, metafile } of [await watched.rebuild(), await watched.rebuild()]) {
        expect(warnings).toEqual([]);
        expect(metafile).toBeDefined();
      }
    } finally {
      await watched.dispose();
    }
  });
});

describe("watching", () => {
  const rebuilt = async (plugin: ReturnType<typeof llmobs>) => {
    const folder = workspaceFolder({ "src/main.ts": MAIN, "src/add.ts": ADD.replace("@llmobs", "llmobs") });
    const watched = await context({ ...options(folder, plugin), write: false });
    await watched.rebuild();
    writeFileSync(join(folder, "src/add.ts"), ADD);
    const { warnings, outputFiles } = await watched.rebuild();
    await watched.dispose();
    return { warnings, text: outputFiles?.map(({ text }) => text).join() };
  };

  test("a file's first tag after the start is said", async () => {
    const { warnings } = await rebuilt(llmobs());
    expect(warnings).toMatchObject([
      { text: expect.stringMatching(/add\.ts got its first @llmobs tag after esbuild started/) },
    ]);
  });

  test("without prescan it is traced at once", async () => {
    const { warnings, text } = await rebuilt(llmobs({ prescan: false }));
    expect(warnings).toEqual([]);
    expect(text).toContain('name": "add"');
  });
});

test("a tagged client module bundles for the browser and passes through there", async () => {
  const folder = workspaceFolder({
    "src/main.ts": `"use client";\n/** @llmobs task */ export function f() { return 1 }\nconsole.log(f());`,
  });
  const { packages: _, ...browser } = options(folder);
  const { outputFiles } = await build({ ...browser, platform: "browser", write: false });
  const text = outputFiles?.find(({ path }) => path.endsWith(".mjs"))?.text ?? "";
  expect(text).not.toMatch(/node:|AsyncLocalStorage|require\(/);
  writeFileSync(join(folder, "out.mjs"), text);
  expect((await node(folder, ["out.mjs"], { LLMOBS_DIR: "spans" })).stdout).toBe("1\n");
});
