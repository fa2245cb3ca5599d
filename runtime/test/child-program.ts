import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporary-folder.js";

const SOURCES = fileURLToPath(new URL("../src", import.meta.url));

/** `span(n)` and `start(n)` make records; `pipeline`, `reporter` and `settings` are set up from the environment. */
const PRELUDE = `
import { resolveSettings } from "./configuration/settings.js";
import { createPipeline } from "./export/pipeline.js";
import { watchProcessExit } from "./process/exit.js";
import { Reporter } from "./report.js";
const timeout = process.env.TEST_SHUTDOWN_TIMEOUT_MS;
const settings = { ...resolveSettings(process.env, undefined), ...(timeout && { shutdownTimeoutMs: Number(timeout) }) };
const reporter = new Reporter();
const pipeline = createPipeline(settings, reporter);
const unwatch = watchProcessExit(pipeline, settings);
const record = (type: "span" | "start", id: number) =>
  ({ type, weight: 100, superseded: false, encode: () => JSON.stringify({ span_id: String(id) }) });
const span = (id: number) => record("span", id);
const start = (id: number) => record("start", id);
`;

export interface ChildResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From its "ready" line (or its start, when it prints none) to its end. */
  readonly elapsedMs: number;
}

export interface ChildProgram {
  readonly process: ChildProcess;
  /** Resolves when it prints a line "ready". */
  readonly ready: Promise<void>;
  readonly ended: Promise<ChildResult>;
}

/**
 * Bundles a TypeScript program, exporters in chunks of their own as in the package, and starts it under Node.
 * @param limits shell commands before it, such as `ulimit`
 */
export async function startChild(
  program: string,
  environment: Readonly<Record<string, string>>,
  limits = ":",
): Promise<ChildProgram> {
  const folder = temporaryFolder();
  await build({
    stdin: { contents: PRELUDE + program, resolveDir: SOURCES, loader: "ts", sourcefile: "program.ts" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    outdir: folder,
    entryNames: "program",
    outExtension: { ".js": ".mjs" },
    logLevel: "silent",
  });
  let from = performance.now();
  const { PATH = "" } = process.env;
  const command = [process.execPath, join(folder, "program.mjs")];
  const child = spawn("sh", ["-c", `${limits}; exec "$0" "$@"`, ...command], { env: { PATH, ...environment } });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stdout = "";
  let stderr = "";
  let isReady = (): void => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  child.stdout.on("data", (chunk: Buffer) => {
    const before = stdout.includes("ready\n");
    stdout += chunk;
    if (before || !stdout.includes("ready\n")) return;
    from = performance.now();
    isReady();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const ended = new Promise<ChildResult>((resolve) => {
    child.on("close", (code, signal) => {
      resolve({ code, signal, stdout, stderr, elapsedMs: performance.now() - from });
    });
  });
  return { process: child, ready, ended };
}
