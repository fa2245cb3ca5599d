import { mkdirSync, readFileSync, renameSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Manifest } from "@llmobs/transformer";
import llmobs from "@llmobs/transformer/esbuild";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type BuildOptions, build, context } from "esbuild";
import { describe, expect, test } from "vitest";
import { snippets } from "../packages/snippets.js";
import { node, workspaceFolder } from "./workspace-folder.js";

const require = createRequire(import.meta.url);
const TSPC = require.resolve("ts-patch/bin/tspc");
const CLI = join(require.resolve("llmobs-instrument/package.json"), "../dist/main.js");

const FILES = {
  "src/main.ts": `import { answer } from "./lib/index.js";
import * as rank from "#ranking";
/** @llmobs workflow sessionId={user} tags={{ plan: "free", level: -1, list: [true, null] }} input={false} redact="*.key" */
export async function main(user: string, { top = 3, ...rest }: { top?: number } = {}): Promise<string> {
  const found = await answer(user + String(top) + String(rest));
  return rank.best([found]);
}
console.log(await main("u"));
`,
  "src/lib/index.ts": 'export * from "./answer.js";\n',
  "src/lib/answer.ts": `import { Store } from "./store.js";
const store = new Store();
export const answer = async (question: string) => (await find(question)) ?? "";
const find = (question: string) => store.search(question);
`,
  "src/lib/store.ts":
    'export class Store {\n  /** @llmobs retrieval name="search_notes" metadata={{ q: this.constructor.name }} */\n  search(q: string) {\n    return q;\n  }\n}\n',
  "src/ranking.ts": "/** @llmobs task output */\nexport const best = (list: readonly string[]) => list[0] ?? '';\n",
  "src/unused.ts": "/** @llmobs task */\nexport function unused() {}\n",
  // A repository of its own: what the one around it ignores does not count.
  ".git/HEAD": "",
  "package.json": '{ "type": "module", "imports": { "#ranking": "./src/ranking.ts" } }',
};

const TSCONFIG = (plugin: object) =>
  JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      rootDir: "src",
      outDir: "dist",
      types: ["node"],
      incremental: true,
      plugins: [{ transform: "@llmobs/transformer/typescript", ...plugin }],
    },
    include: ["src"],
  });

const bundle = (folder: string, given: BuildOptions = {}): BuildOptions => ({
  absWorkingDir: folder,
  entryPoints: ["src/main.ts", "src/unused.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  external: ["@llmobs/*"],
  outdir: "out",
  logLevel: "silent",
  plugins: [llmobs({ manifest: true })],
  ...given,
});

const read = (folder: string, name = "llmobs.manifest.json") => readFileSync(join(folder, name), "utf8");
const parse = (text: string): Manifest => JSON.parse(text);

/** Site ids with what they call. */
const calls = ({ sites }: Manifest) => Object.fromEntries(sites.map(({ id, callees }) => [id, callees]));

const CALLS = {
  "src/lib/store.ts#Store.search": [],
  "src/main.ts#main": ["src/lib/store.ts#Store.search", "src/ranking.ts#best"],
  "src/ranking.ts#best": [],
  "src/unused.ts#unused": [],
};

async function esbuildManifest(folder: string): Promise<string> {
  await build(bundle(folder));
  return read(folder);
}

async function tspcManifest(folder: string): Promise<string> {
  writeFileSync(join(folder, "tsconfig.json"), TSCONFIG({ manifest: "tspc.json" }));
  expect(await node(folder, [TSPC, "-p", "."])).toMatchObject({ code: 0, stderr: "" });
  return read(folder, "tspc.json");
}

async function checkManifest(folder: string): Promise<string> {
  expect(await node(folder, [CLI, "check", "src", "--manifest", "check.json"])).toMatchObject({ code: 0, stderr: "" });
  return read(folder, "check.json");
}

test("esbuild, tspc and check write the same manifest, wherever the project is and in whatever order it is built", async () => {
  const folder = workspaceFolder(FILES);
  const first = await esbuildManifest(folder);
  expect(calls(parse(first))).toEqual(CALLS);
  await build(
    bundle(folder, {
      entryPoints: ["src/unused.ts", "src/main.ts"],
      plugins: [llmobs({ manifest: true, prescan: false })],
    }),
  );
  expect(read(folder)).toBe(first);
  expect(await tspcManifest(folder)).toBe(first);
  expect(await checkManifest(folder)).toBe(first);
  const other = join(workspaceFolder({}), "another folder");
  renameSync(folder, other);
  expect(await esbuildManifest(other)).toBe(first);
  mkdirSync(folder);
  symlinkSync(other, join(folder, "link"));
  expect(await checkManifest(join(folder, "link"))).toBe(first);
  expect(await esbuildManifest(join(folder, "link"))).toBe(first);
});

test("it holds what the tags say, and fits its schema", async () => {
  const folder = workspaceFolder(FILES);
  const manifest = parse(await esbuildManifest(folder));
  const schema: object = require("@llmobs/transformer/manifest.schema.json");
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  validate(manifest);
  expect(validate.errors).toBe(null);
  expect(validate({ ...manifest, version: 2 })).toBe(false);
  expect(manifest.sites[1]).toEqual({
    id: "src/main.ts#main",
    kind: "workflow",
    name: "main",
    function: "main",
    file: "src/main.ts",
    line: 4,
    column: 8,
    parameters: ["user", "top", "rest"],
    form: "function",
    attributes: {
      sessionId: { expression: "user" },
      tags: { value: { plan: "free", level: -1, list: [true, null] } },
      input: { value: false },
      redact: { value: "*.key" },
    },
    callees: CALLS["src/main.ts#main"],
  });
  expect(manifest.sites.map(({ attributes }) => attributes)).toMatchObject([
    { name: { value: "search_notes" }, metadata: { expression: "{ q: this.constructor.name }" } },
    {},
    { output: { value: true } },
    {},
  ]);
});

describe("esbuild", () => {
  test("writes it anew with every rebuild, and not when nothing changed", async () => {
    const folder = workspaceFolder(FILES);
    const watched = await context(bundle(folder));
    try {
      await watched.rebuild();
      const path = join(folder, "llmobs.manifest.json");
      utimesSync(path, 1, 1);
      await watched.rebuild();
      expect(parse(read(folder)).sites).toHaveLength(4);
      expect(statSync(path).mtimeMs).toBe(1000);
      writeFileSync(join(folder, "src/lib/answer.ts"), "export const answer = async (question: string) => question;\n");
      await watched.rebuild();
      // Nothing imports the store any longer.
      expect(calls(parse(read(folder)))).toEqual({
        "src/main.ts#main": ["src/ranking.ts#best"],
        "src/ranking.ts#best": [],
        "src/unused.ts#unused": [],
      });
      writeFileSync(join(folder, "src/lib/answer.ts"), "syntax error");
      await expect(watched.rebuild()).rejects.toThrow();
      expect(parse(read(folder)).sites).toHaveLength(3);
    } finally {
      await watched.dispose();
    }
  });

  test("hands it over when the build writes nothing", async () => {
    const folder = workspaceFolder(FILES);
    const { outputFiles } = await build(
      bundle(folder, { write: false, plugins: [llmobs({ manifest: "meta/sites.json" })] }),
    );
    const manifest = outputFiles?.at(-1);
    expect(manifest?.path).toBe(join(folder, "meta/sites.json"));
    expect(calls(parse(manifest?.text ?? ""))).toEqual(CALLS);
    expect(() => read(folder, "meta/sites.json")).toThrow("ENOENT");
  });
});

describe("tspc", () => {
  test("an incremental build of one file writes the manifest of all", async () => {
    const folder = workspaceFolder(FILES);
    const first = await tspcManifest(folder);
    const file = join(folder, "src/ranking.ts");
    writeFileSync(file, `\n\n${readFileSync(file, "utf8").replace("@llmobs task", '@llmobs task name="rank"')}`);
    const second = parse(await tspcManifest(folder));
    expect(second.sites.map(({ name, line }) => `${name} ${line}`)).toEqual([
      "search_notes 3",
      "main 4",
      "rank 4",
      "unused 2",
    ]);
    expect(calls(second)).toEqual(calls(parse(first)));
  });
});

test("check says when a folder stands where a file is to be named", async () => {
  const folder = workspaceFolder(FILES);
  const { code, stderr } = await node(folder, [CLI, "check", "--manifest", "src"]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "error: src is a folder; name the paths to check first, then --manifest and a file\n",
  });
  expect(await node(folder, [CLI, "check", "--manifest"])).toMatchObject({ code: 0 });
  expect(calls(parse(read(folder)))).toEqual(CALLS);
});

test("docs/manifest.md shows the manifest of its program", async () => {
  const page = new URL("../../docs/manifest.md", import.meta.url);
  const [program] = snippets(page);
  const shown = /^```json\n([\s\S]*?)^```$/m.exec(readFileSync(page, "utf8"))?.[1];
  const folder = workspaceFolder({ ".git/HEAD": "", [program?.file ?? ""]: program?.text ?? "" });
  await node(folder, [CLI, "check", "--manifest"]);
  expect(shown).toBe(read(folder));
});
