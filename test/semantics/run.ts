import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import ts from "typescript";
import { buildWithAst } from "./build-ast.js";
import { buildWithText } from "./build-text.js";
import type { Reports } from "./child/report.js";
import { findFixtures, type ModuleKind, outputFile } from "./fixtures.js";
import { readSpanTrees, type SpanTrees } from "./span-trees.js";

/** One way from the sources to a running program. */
export interface Route {
  readonly name: string;
  readonly kind: ModuleKind;
  /** Of the fixtures only these. Default: all. */
  readonly only?: readonly string[];
  build(instrumented: boolean, folder: string): void;
}

export const ROUTES: readonly Route[] = [
  withText("text-esm", "esm"),
  withText("text-cjs", "cjs"),
  withAst("AST-esm", "esm"),
  withAst("AST-cjs", "cjs"),
  // Enums and imports are left as they are written; class fields and private names are compiled away.
  withAst("AST-esm-older", "esm", { target: ts.ScriptTarget.ES2018, verbatimModuleSyntax: true }),
  withAst("AST-cjs-decorators", "cjs", {
    isolatedModules: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    removeComments: true,
  }),
];

function withText(name: string, kind: ModuleKind): Route {
  return { name, kind, build: (instrumented, folder) => buildWithText(kind, instrumented, folder) };
}

function withAst(name: string, kind: ModuleKind, options: ts.CompilerOptions = {}): Route {
  return { name, kind, build: (instrumented, folder) => buildWithAst(kind, instrumented, folder, options) };
}

export interface Outcome {
  readonly original: Reports;
  readonly off: Reports;
  readonly on: Reports;
  /** Of the run with tracing on, by fixture. */
  readonly spans: SpanTrees;
  /** What all runs wrote to stderr. */
  readonly stderr: string;
}

/** An empty folder with the compiled runner, inside the workspace, where the runtime is found by its name. */
export function prepare(name: string): string {
  const cache = fileURLToPath(new URL(`../.cache/${name}/`, import.meta.url));
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const runner = readFileSync(new URL("child/runner.ts", import.meta.url), "utf8");
  writeFileSync(join(cache, "runner.mjs"), transformSync(runner, { loader: "ts", target: "es2022" }).code);
  return cache;
}

/** Builds the fixtures twice by a route and runs them three times: as they are, traced but off, and traced. */
export async function take(route: Route, cache: string): Promise<Outcome> {
  const plain = build(route, cache, false);
  const original = await run(route, plain, "original", {});
  const instrumented = build(route, cache, true);
  const off = await run(route, instrumented, "off", {});
  const { on, spans } = await trace(route, instrumented);
  return {
    original: original.reports,
    off: off.reports,
    on: on.reports,
    spans,
    stderr: original.stderr + off.stderr + on.stderr,
  };
}

/** Builds the fixtures by a route; gives the folder of the output. */
export function build(route: Route, cache: string, instrumented: boolean): string {
  const output = join(cache, route.name, instrumented ? "instrumented" : "original");
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, "package.json"), JSON.stringify({ type: route.kind === "esm" ? "module" : "commonjs" }));
  route.build(instrumented, output);
  return output;
}

/** Runs what was built instrumented, with tracing on. */
export async function trace(route: Route, output: string): Promise<{ readonly on: Run; readonly spans: SpanTrees }> {
  const spans = join(output, "..", "spans");
  const on = await run(route, output, "on", { LLMOBS_DIR: spans, DD_LLMOBS_ML_APP: "test" });
  return { on, spans: readSpanTrees(spans) };
}

export interface Run {
  readonly reports: Reports;
  readonly stderr: string;
}

/** The test's own settings must not switch tracing on or off. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(DD|LLMOBS|NODE_OPTIONS)/.test(name)));
}

async function run(
  { kind, only }: Route,
  folder: string,
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<Run> {
  const job = join(folder, "..", `${name}.job.json`);
  const report = join(folder, "..", `${name}.report.json`);
  const fixtures = findFixtures(kind)
    .filter((fixture) => only?.includes(fixture.name) ?? true)
    .map((fixture) => ({ name: fixture.name, file: outputFile(folder, fixture.entry) }));
  writeFileSync(job, JSON.stringify({ kind, fixtures }));
  const child = spawn(process.execPath, [join(folder, "..", "..", "runner.mjs"), job, report], {
    env: { ...cleanEnvironment(), ...env },
    stdio: ["ignore", "inherit", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}:\n${stderr}`);
  return { reports: JSON.parse(readFileSync(report, "utf8")), stderr };
}
