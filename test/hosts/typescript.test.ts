import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import llmobs from "@llmobs/transformer/typescript";
import ts from "typescript";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "./workspace-folder.js";

const require = createRequire(import.meta.url);
const TSPC = require.resolve("ts-patch/bin/tspc");
const TSC = require.resolve("typescript/bin/tsc");

const tsconfig = (options: object, plugin: object = {}) =>
  JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      strict: true,
      rootDir: "src",
      outDir: "dist",
      declaration: true,
      sourceMap: true,
      types: ["node"],
      plugins: [{ transform: "@llmobs/transformer/typescript", ...plugin }],
      ...options,
    },
    include: ["src"],
  });

const OTHER = "export const place = { id: 'p' };\nexport const unused = 1;\nexport const enum Level { High = 3 }\n";
const MAIN = (extension: string) => `import { place, unused, Level } from "./other.${extension}";
export const local = "here";
namespace Names { export const inner = "in";
  /** @llmobs task metadata={{ id: place.id, level: Level.High, local, inner, list: [1].map((n) => n + by) }} */
  export function add(by: number) { return by + 1; } }
/** @llmobs workflow sessionId={\`s-\${user}\`} output={result.text} */
export async function answer(user: string, { top = 3, ...rest }: { top?: number; x?: number } = {}): Promise<{ text: string }> {
  return { text: user + top + Names.add(1) + (rest.x ?? "") };
}
export function isText(value: unknown) { return typeof value === "string"; }
/** @llmobs tool */
export default async (value: unknown) => isText(value);
if (process.argv[2] === "go") void answer("u", { x: 5 }).then((r) => console.log(JSON.stringify(r), answer.length, answer.name));
`;

const files = (options: object = {}) => ({
  "tsconfig.json": tsconfig(options),
  "src/other.ts": OTHER,
  "src/main.ts": MAIN("js"),
  "src/other.cts": OTHER,
  "src/main.cts": MAIN("cjs").replace("export default async", "export const tool = async"),
});

interface Line {
  readonly event: {
    readonly name: string;
    readonly session_id?: string;
    readonly meta: { readonly metadata: { readonly _llmobs: object }; readonly output: object };
  };
}

function spans(folder: string): readonly Line[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
    .map((line): Line & { readonly type: string } => JSON.parse(line))
    .filter(({ type }) => type === "span");
}

test.each([
  ["dist/main.js", {}],
  ["dist/main.cjs", {}],
  ["dist/main.cjs", { isolatedModules: true, module: "nodenext" }],
  ["dist/main.js", { verbatimModuleSyntax: true, isolatedModules: true }],
])("%s: names used only in a tag are there in the output (%j)", async (output, options) => {
  const given = files(options);
  const { "src/main.cts": _, "src/other.cts": __, ...esm } = given;
  const folder = workspaceFolder("verbatimModuleSyntax" in options ? esm : given);
  expect(await node(folder, [TSPC, "-p", "."])).toMatchObject({ code: 0, stdout: "", stderr: "" });
  const { stdout, stderr } = await node(folder, [output, "go"], { LLMOBS_DIR: "spans" });
  expect({ stdout, stderr }).toEqual({ stdout: '{"text":"u325"} 1 answer\n', stderr: "" });
  const source = output.endsWith("cjs") ? "src/main.cts" : "src/main.ts";
  expect(
    spans(join(folder, "spans")).map(({ event: { name, session_id, meta } }) => ({
      name,
      session_id,
      ...meta.metadata,
      output: meta.output,
    })),
  ).toMatchObject([
    {
      name: "add",
      session_id: "s-u",
      id: "p",
      level: 3,
      local: "here",
      inner: "in",
      list: [2],
      output: { value: "2" },
      _llmobs: { file: source, line: 5, function: "Names.add" },
    },
    { name: "answer", session_id: "s-u", output: { value: "u325" } },
  ]);
});

test("declarations are those of the plain compiler", async () => {
  const folder = workspaceFolder(files());
  await node(folder, [TSPC, "-p", "."]);
  const withTransformer = readFileSync(join(folder, "dist/main.d.ts"), "utf8");
  await node(folder, [TSC, "-p", "."]);
  expect(withTransformer).toBe(readFileSync(join(folder, "dist/main.d.ts"), "utf8"));
  expect(withTransformer).toContain("value is string");
});

test("a fault is a line on stderr and the build goes on; strict fails it", async () => {
  const source = { "src/main.ts": "/** @llmobs worklow */ export function f() {}\n" };
  const message = "src/main.ts:1:13 error LLMOBS1001 Unknown kind `worklow`. Did you mean `workflow`?";
  const lax = workspaceFolder({ "tsconfig.json": tsconfig({}), ...source });
  expect(await node(lax, [TSPC, "-p", "."])).toEqual({ code: 0, stdout: "", stderr: `[llmobs] ${message}\n` });
  const strict = workspaceFolder({ "tsconfig.json": tsconfig({}, { strict: true }), ...source });
  const { code, stdout } = await node(strict, [TSPC, "-p", "."]);
  expect(code).not.toBe(0);
  expect(stdout).toContain("LLMOBS1001 Unknown kind `worklow`. Did you mean `workflow`?");
});

test("strict fails where a tool hands over no way to report", () => {
  const folder = workspaceFolder({ "a.ts": "/** @llmobs worklow */ export function f() {}\n" });
  const program = ts.createProgram([join(folder, "a.ts")], { noLib: true, types: [], noEmit: false, outDir: folder });
  const before = [llmobs(program, { root: folder, strict: true }, { ts })];
  expect(() => program.emit(undefined, () => {}, undefined, false, { before })).toThrow(/a\.ts:1:13 error LLMOBS1001/);
});

test.each(["es2015", "es2017", "es2022"])("target %s", async (target) => {
  const folder = workspaceFolder(files({ target, module: "nodenext" }));
  expect(await node(folder, [TSPC, "-p", "."])).toMatchObject({ code: 0 });
  for (const output of ["dist/main.js", "dist/main.cjs"]) {
    expect((await node(folder, [output, "go"], { LLMOBS_DIR: "spans" })).stdout).toBe('{"text":"u325"} 1 answer\n');
  }
  expect(spans(join(folder, "spans"))).toHaveLength(4);
});

test.each(["es2017", "es2018"])("generators that use super, calls and blocks, target %s", async (target) => {
  const source = `
class Base { found(value: number) { return [value]; } }
class Walker extends Base {
  /** @llmobs task */ *now() { yield super.found(1); }
  /** @llmobs task */ async *later() { yield super.found(await Promise.resolve(2)); }
}
async function main(all: unknown[]) {
  /** @llmobs task */ { for await (const each of new Walker().later()) all.push(each, ...new Walker().now()); }
  /** @llmobs tool */ all.push(await Promise.resolve(3));
}
const all: unknown[] = [];
main(all).then(() => console.log(JSON.stringify(all)));
export {};
`;
  const folder = workspaceFolder({ "tsconfig.json": tsconfig({ target }), "src/main.ts": source });
  const { code, stderr } = await node(folder, [TSPC, "-p", "."]);
  expect(code).toBe(0);
  if (target === "es2018") expect(stderr).toBe("");
  else
    expect(stderr).toMatch(/^\[llmobs\] src\/main\.ts:5:7 error LLMOBS1017 .* async generator that uses super .*\n$/);
  expect((await node(folder, ["dist/main.js"], { LLMOBS_DIR: "spans" })).stdout).toBe("[[2],[1],3]\n");
  const names = spans(join(folder, "spans")).map(({ event }) => event.name);
  expect(names.sort()).toEqual(["later", "now", "push", "task"].slice(target === "es2018" ? 0 : 1));
});

test("an error names the author's line", async () => {
  const source =
    "interface Gone { a: 1 }\n\n/** @llmobs task */\nexport async function f(a: number) {\n  await null;\n  throw new Error('x' + a);\n}\nf(1).catch((e: Error) => console.log(e.stack));\n";
  const folder = workspaceFolder({ "tsconfig.json": tsconfig({}), "src/main.ts": source });
  await node(folder, [TSPC, "-p", "."]);
  const { stdout } = await node(folder, ["--enable-source-maps", "dist/main.js"], { LLMOBS_DIR: "spans" });
  expect(stdout).toMatch(/src\/main\.ts:6:9\)/);
});

test("compiled output goes through another host once", async () => {
  const folder = workspaceFolder(files());
  await node(folder, [TSPC, "-p", "."]);
  const before = readFileSync(join(folder, "dist/main.js"), "utf8");
  expect(before).toContain("@llmobs workflow");
  await node(folder, ["--import", "@llmobs/transformer/register", "dist/main.js", "go"], { LLMOBS_DIR: "spans" });
  await node(folder, ["--import", "@llmobs/transformer/register", "dist/main.cjs", "go"], { LLMOBS_DIR: "spans" });
  expect(spans(join(folder, "spans"))).toHaveLength(4);
});
