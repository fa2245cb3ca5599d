import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { cleanEnvironment, cli, project, spanRecords } from "./project.js";

const TSPC = join(dirname(createRequire(import.meta.url).resolve("ts-patch/package.json")), "bin/tspc.js");

const APP = {
  "src/main.ts":
    "/** @llmobs workflow */\nexport function answer(question: string) {\n  return question;\n}\nconsole.log(answer('a'));\n",
  "tsconfig.json":
    '{\n\t// Node\n\t"compilerOptions": {\n\t\t"module": "nodenext",\n\t\t"types": [], // none\n\t\t"outDir": "dist" // built\n\t}\n}\n',
  "build.mjs":
    'import * as esbuild from "esbuild";\n\nawait esbuild.build({\n  entryPoints: ["src/main.ts"],\n  outfile: "out/main.js",\n  bundle: true,\n  platform: "node",\n  format: "esm",\n});\n',
  "package.json":
    '{\n\t"type": "module",\n\t"scripts": {\n\t\t"build": "tsc -p .",\n\t\t"check": "tsc --noEmit",\n\t\t"dev": "tsx watch src/main.ts"\n\t},\n\t"devDependencies": { "typescript": "^5.9.0", "vite": "^8" }\n}\n',
};

const NODE = ["--import", "llmobs-instrument/register"];

function spansOf(folder: string, args: readonly string[]): readonly string[] {
  const dir = join(folder, "spans");
  const env = cleanEnvironment({ LLMOBS_DIR: dir });
  execFileSync(process.execPath, args, { cwd: folder, env, stdio: "pipe" });
  return spanRecords(dir).map(({ event }) => event.name);
}

test("sets up the compiler, Node and esbuild so that each of them traces; a second run changes nothing", async () => {
  const folder = project(APP);
  const { code, stdout, stderr } = await cli(folder, ["init", "--yes", "--no-install"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("Vite: no adapter yet; ");
  expect(stdout).toContain(
    "Install the packages:\n  npm install @llmobs/runtime\n  npm install --save-dev llmobs-instrument\n",
  );
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe(
    APP["package.json"]
      .replace('"tsc -p ."', '"tspc -p ."')
      .replace("tsx watch src/main.ts", "node --import llmobs-instrument/register --watch src/main.ts"),
  );
  const tsconfig = readFileSync(join(folder, "tsconfig.json"), "utf8");
  expect(tsconfig.split("\n").filter((line) => APP["tsconfig.json"].includes(`${line}\n`))).toEqual(
    APP["tsconfig.json"].split("\n"),
  );
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe(".llmobs/\n");

  execFileSync(process.execPath, [TSPC, "-p", "."], { cwd: folder, stdio: "pipe" });
  expect(spansOf(folder, ["dist/main.js"])).toEqual(["answer"]);
  execFileSync(process.execPath, ["build.mjs"], { cwd: folder, stdio: "pipe" });
  expect(spansOf(folder, ["out/main.js"])).toEqual(["answer", "answer"]);
  expect(spansOf(folder, [...NODE, "src/main.ts"])).toEqual(["answer", "answer", "answer"]);

  const { changes, hosts } = JSON.parse((await cli(folder, ["init", "--dry-run", "--json"])).stdout);
  expect(changes).toEqual([]);
  expect(hosts.map((host: { host: string; type: string }) => `${host.host}: ${host.type}`)).toEqual([
    "the TypeScript compiler: done",
    "Node: done",
    "esbuild: done",
    "Vite: later",
  ]);
});

test("changes nothing where it may not ask", async () => {
  const folder = project(APP);
  const { code, stdout } = await cli(folder, ["init"]);
  expect(code).toBe(0);
  expect(stdout).toContain("Nothing was changed; --yes does it without asking.\n");
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe(APP["package.json"]);
});

test.each([
  ["pnpm-lock.yaml", "pnpm add @llmobs/runtime\n$ pnpm add -D llmobs-instrument"],
  ["yarn.lock", "yarn add @llmobs/runtime\n$ yarn add -D llmobs-instrument"],
  ["bun.lock", "bun add @llmobs/runtime\n$ bun add -D llmobs-instrument"],
])("knows the package manager by %s", async (lock, commands) => {
  const { stdout } = await cli(project({ [lock]: "" }), ["init", "--dry-run"]);
  expect(stdout).toContain(commands);
});

test("shows what to write where it cannot edit", async () => {
  const folder = project({
    "build.mjs": 'import { build } from "esbuild";\nconst options = {};\nawait build(options);\n',
  });
  const { stdout } = await cli(folder, ["init", "--dry-run"]);
  expect(stdout).toContain('esbuild: write this into build.mjs\n\n  import llmobs from "llmobs-instrument/esbuild";\n');
});

test("an edit of `plugins` that is there, and of a CommonJS script", async () => {
  const folder = project({
    "build.cjs": 'const { build } = require("esbuild");\nbuild({ plugins: [other()], bundle: true });\n',
  });
  await cli(folder, ["init", "--yes", "--no-install"]);
  expect(readFileSync(join(folder, "build.cjs"), "utf8")).toBe(
    'const { default: llmobs } = require("llmobs-instrument/esbuild");\nconst { build } = require("esbuild");\nbuild({ plugins: [llmobs(), other()], bundle: true });\n',
  );
});

test("says what is wrong without a package.json, and with TypeScript 7", async () => {
  const folder = project({ "package.json": "[]" });
  expect(await cli(folder, ["init"])).toMatchObject({
    code: 1,
    stderr: "error: package.json is not a JSON object; mend it first\n",
  });
  const seven = project({
    "tsconfig.json": "{}",
    "package.json": '{ "scripts": { "build": "tsc" }, "devDependencies": { "typescript": "^7.0.0" } }',
  });
  expect((await cli(seven, ["init", "--dry-run"])).stdout).toContain(
    "the TypeScript compiler 7: no adapter yet; it has no transformers",
  );
});
