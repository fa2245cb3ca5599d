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

/** Inside the workspace, where the runtime is found by its name. */
const CACHE = fileURLToPath(new URL("../.cache/semantics/", import.meta.url));

/** An empty folder with the compiled runner. */
export function prepare(): void {
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  const runner = readFileSync(new URL("child/runner.ts", import.meta.url), "utf8");
  writeFileSync(join(CACHE, "runner.mjs"), transformSync(runner, { loader: "ts", target: "es2022" }).code);
}

/** Builds the fixtures twice by a route and runs them three times: as they are, traced but off, and traced. */
export async function take(route: Route): Promise<Outcome> {
  const folder = join(CACHE, route.name);
  const plain = join(folder, "original");
  const instrumented = join(folder, "instrumented");
  for (const output of [plain, instrumented]) {
    mkdirSync(output, { recursive: true });
    writeFileSync(join(output, "package.json"), JSON.stringify({ type: route.kind === "esm" ? "module" : "commonjs" }));
    route.build(output === instrumented, output);
  }
  const spans = join(folder, "spans");
  const tracing = { LLMOBS_DIR: spans, DD_LLMOBS_ML_APP: "test" };
  const original = await run(route.kind, plain, "original", {});
  const off = await run(route.kind, instrumented, "off", {});
  const on = await run(route.kind, instrumented, "on", tracing);
  return {
    original: original.reports,
    off: off.reports,
    on: on.reports,
    spans: readSpanTrees(spans),
    stderr: original.stderr + off.stderr + on.stderr,
  };
}

/** The test's own settings must not switch tracing on or off. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(DD|LLMOBS|NODE_OPTIONS)/.test(name)));
}

async function run(
  kind: ModuleKind,
  folder: string,
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly reports: Reports; readonly stderr: string }> {
  const job = join(folder, "..", `${name}.job.json`);
  const report = join(folder, "..", `${name}.report.json`);
  const fixtures = findFixtures(kind).map((fixture) => ({
    name: fixture.name,
    file: outputFile(folder, fixture.entry),
  }));
  writeFileSync(job, JSON.stringify({ kind, fixtures }));
  const child = spawn(process.execPath, [join(CACHE, "runner.mjs"), job, report], {
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
