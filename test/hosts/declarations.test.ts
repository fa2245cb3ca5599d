import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "./workspace-folder.js";

const require = createRequire(import.meta.url);
const TSPC = require.resolve("ts-patch/bin/tspc");
const TSC = require.resolve("typescript/bin/tsc");

/** Exports whose declarations the compiler works out from the code, or from comments that a tag shares. */
const INFERRED = {
  "src/values.ts": `export interface Shape { readonly id: string }
export type OnlyType = "only";
export const onlyInTag = { deep: { er: 1 } };
export const enum Level { High = 3 }
export default class Standard { static readonly made = new Map<string, Shape>(); }
`,
  "src/main.ts": `import Standard, { Level, onlyInTag, type Shape } from "./values.js";
import * as values from "./values.js";
export * as everything from "./values.js";
export { onlyInTag as "any name" } from "./values.js";
const key: unique symbol = Symbol("key");
interface Hidden { hidden: true }

/** @llmobs task metadata={{ onlyInTag, level: Level.High, all: values.onlyInTag.deep }} */
export function infers(shape: Shape, { top = 3, ...rest }: { top?: number; more?: string } = {}) {
  return { shape, top, rest, [key]: null as Hidden | null, made: Standard.made };
}
infers.extra = (value: number) => String(value);
/** @llmobs tool */
export const isText = (value: unknown) => typeof value === "string";
/** @llmobs task */
export function assertText(value: unknown): asserts value is string { if (typeof value !== "string") throw new Error(); }
/** @llmobs task */
export function overloaded(value: string): string;
/** Another signature. */
export function overloaded(value: number): number;
export function overloaded(value: string | number) { return value; }
/** @llmobs agent */
export async function* streams<T extends readonly unknown[]>(...items: T) { for (const item of items) yield item as T[number]; }
export abstract class Bot<in out State = {}> {
  #secret = 1;
  declare readonly declared: string;
  /** @llmobs workflow metadata={{ secret: this.#secret }} */
  async ask(this: Bot<State>, question: string, state?: State) { return { question, state, bot: this }; }
  /** @llmobs task */ protected *steps() { yield this.#secret; }
  /** @llmobs task */ get doubled() { return this.#secret * 2; }
  set doubled(value) { this.#secret = value; }
  /** @llmobs tool */ static readonly shared = async (n: number) => [n] as const;
  /** @llmobs tool */ [key]() { return this; }
  /** @llmobs task */ private hidden() { return 1; }
  abstract later(): void;
}
export namespace Names {
  export const inner = "in";
  /** @llmobs task metadata={{ inner }} */
  export function add(by: number) { return inner + by; }
  export namespace Deeper { /** @llmobs task */ export const deep = () => add(1); }
}
export const table = { /** @llmobs tool */ run(n: number) { return n; }, get [key]() { return 1 as const; } } satisfies object;
/** @llmobs retrieval */
export const found = infers({ id: "x" });
export default /** @llmobs task name="standard" */ async <T,>(value: T) => ({ value, level: Level.High });
`,
  "src/assigned.cts": `class Holder {
  /**
   * What it holds.
   * @llmobs task
   * @deprecated use another
   */
  hold<T>(value: T) { return [value] as const; }
}
namespace Holder { export type Kind = "a"; }
export = Holder;
`,
  "src/internal.ts": `/**
 * @internal
 * @llmobs task
 */
export function hidden() { return 1; }
export class Shown {
  /** @llmobs task
   * @internal */
  hidden() { return 1; }
  /** @llmobs task */
  shown() { return 1; }
}
`,
  "src/script.js": `/**
 * @llmobs task metadata={{ text }}
 * @template T
 * @param {T} text
 * @param {{ top?: number }} [options]
 * @returns {Promise<T | undefined>}
 */
export async function script(text, { top = 1 } = {}) { return top > 0 ? text : undefined; }
/** @llmobs tool */
export const inferred = (/** @type {number} */ n) => ({ n, squared: n * n });
/** @typedef {{ id: string }} Row */
export class Rows {
  /** @type {Row[]} */ rows = [];
  /** @llmobs task */
  *each() { yield* this.rows; }
}
inferred.extra = 1;
`,
};

/** The same with every type written out: https://www.typescriptlang.org/tsconfig/#isolatedDeclarations */
const ISOLATED = {
  "src/main.ts": `import { onlyInTag, type Shape } from "./values.js";
/** @llmobs task metadata={{ onlyInTag }} */
export function stated(shape: Shape, top: number = 3): readonly [Shape, number] { return [shape, top]; }
/** @llmobs task */
export const arrow = async (n: number): Promise<number> => n;
export const table = { /** @llmobs tool */ run(n: number): number { return n; }, fixed: 1 as const };
export class Bot { /** @llmobs agent */ async *think(): AsyncGenerator<string> { yield "thought"; } }
`,
  "src/values.ts": "export interface Shape { readonly id: string }\nexport const onlyInTag = 'x';\n",
};

/** Refers to another project, whose declarations it reads. */
const REFERRING = {
  "src/main.ts": `import { Bot, found, infers } from "../../inferred/src/main.js";
/** @llmobs workflow metadata={{ found }} */
export const through = (id: string) => ({ shape: infers({ id }).shape, bot: null as Bot | null });
`,
};

const tsconfig = (options: object, references: readonly string[] = []) =>
  JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      strict: true,
      composite: true,
      declarationMap: true,
      rootDir: "src",
      outDir: "out",
      types: [],
      plugins: [{ transform: "@llmobs/transformer/typescript" }],
      ...options,
    },
    include: ["src"],
    references: references.map((path) => ({ path })),
  });

const inFolder = (folder: string, config: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries([
    [`${folder}/tsconfig.json`, config],
    ...Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]),
  ]);

const FILES = {
  "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "isolated" }, { path: "referring" }] }),
  ...inFolder("inferred", tsconfig({ allowJs: true, checkJs: true, stripInternal: true }), INFERRED),
  ...inFolder("isolated", tsconfig({ isolatedDeclarations: true }), ISOLATED),
  ...inFolder("referring", tsconfig({}, ["../inferred"]), REFERRING),
};

/** Declarations with their maps, and the output beside them, by their paths. */
async function build(compiler: string): Promise<ReadonlyMap<string, string>> {
  const folder = workspaceFolder(FILES);
  expect(await node(folder, [compiler, "-b"])).toEqual({ code: 0, stdout: "", stderr: "" });
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /[/\\]out[/\\]/.test(path));
  const files = paths.filter((path) => /\.(?:[cm]?js|[cm]?ts|map)$/.test(path)).sort();
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

test("declarations and their maps are those of the plain compiler, however they are asked for", async () => {
  const plain = await build(TSC);
  const traced = await build(TSPC);
  const isOutput = (path: string) => /js$/.test(path);
  const declarations = (files: ReadonlyMap<string, string>) => [...files].filter(([path]) => !isOutput(path));
  expect([...traced.keys()]).toEqual([...plain.keys()]);
  expect(declarations(plain).length).toBeGreaterThanOrEqual(16);
  expect(declarations(traced)).toEqual(declarations(plain));
  const changed = [...traced].filter(([path, text]) => isOutput(path) && text !== plain.get(path));
  expect(changed.map(([path]) => path)).toEqual([
    "inferred/out/assigned.cjs",
    "inferred/out/internal.js",
    "inferred/out/main.js",
    "inferred/out/script.js",
    "isolated/out/main.js",
    "referring/out/main.js",
  ]);
  const main = plain.get("inferred/out/main.d.ts") ?? "";
  expect(main).toContain("value is string");
  expect(main).not.toContain("Level, onlyInTag");
  expect(plain.get("inferred/out/internal.d.ts")).not.toContain("hidden");
});
