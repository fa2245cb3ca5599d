import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { printTrees } from "../spans/print-tree.js";
import { readSpans } from "../spans/read-files.js";
import { buildTrees } from "../spans/tree.js";
import { UsageError } from "../usage-error.js";

export interface RunOptions {
  /** Folder for the span files. */
  readonly dir: string;
  readonly exportToDatadog: boolean;
  readonly tree: boolean;
  /** An error in a tag fails the program. */
  readonly strict: boolean;
}

/** How the program ended: one of the two. */
interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs a program instrumented, then prints its traces on stderr. Ends as the program did, by exit code or signal. */
export async function run(file: string, programArguments: readonly string[], options: RunOptions): Promise<void> {
  const program = resolve(file);
  if (!existsSync(program) || statSync(program).isDirectory()) {
    throw new UsageError(`${file} is not a file`, "name the program's entry file");
  }
  requireRuntime(program);
  const folder = resolve(options.dir);
  const startedMs = Date.now();
  const register = new URL("../transformer/register.js", import.meta.url);
  const child = spawn(
    process.execPath,
    [...process.execArgv, "--import", register.href, program, ...programArguments],
    { stdio: "inherit", env: childEnvironment(folder, options) },
  );
  const exit = await outlive(child);
  if (options.tree) await printTraces(folder, startedMs);
  leaveAs(exit);
}

/** The compiled program imports the runtime, so it must be installed where the program is. */
function requireRuntime(program: string): void {
  try {
    createRequire(pathToFileURL(program)).resolve("@llmobs/runtime/compiled");
  } catch {
    throw new UsageError("@llmobs/runtime is not installed here", "run npm install @llmobs/runtime");
  }
}

function childEnvironment(folder: string, { exportToDatadog, strict }: RunOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(strict ? { LLMOBS_STRICT: "1" } : {}),
    LLMOBS_DIR: folder,
    LLMOBS_EXPORTERS: exportToDatadog ? "files,datadog" : "files",
    ...(exportToDatadog ? { DD_LLMOBS_ENABLED: process.env.DD_LLMOBS_ENABLED || "true" } : {}),
  };
}

/** Waits for the program. A terminal sends its signals to both; those sent to this process alone are passed on. */
function outlive(child: ChildProcess): Promise<Exit> {
  const passOn = (signal: NodeJS.Signals) => {
    if (!(signal === "SIGINT" && hasTerminal())) child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR2"] as const;
  for (const signal of signals) process.on(signal, passOn);
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("exit", (code, signal) => {
      for (const each of signals) process.off(each, passOn);
      done({ code, signal });
    });
  });
}

/** ^C in a terminal reaches every process of the group, the program too, wherever stdin and stdout lead. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return process.stdin.isTTY === true;
  }
}

async function printTraces(folder: string, sinceMs: number): Promise<void> {
  const spans = await readSpans(folder, sinceMs);
  const shown = relative(process.cwd(), folder) || ".";
  if (spans.length === 0) {
    const reason = isSwitchedOff()
      ? "tracing is off: DD_LLMOBS_ENABLED is false"
      : `no spans in ${shown}: nothing with an @llmobs tag was called, or they could not be written`;
    process.stderr.write(`\n[llmobs] ${reason}\n`);
    return;
  }
  process.stderr.write(`\n${printTrees(buildTrees(spans), process.stderr)}\n\nspans are in ${shown}\n`);
}

function isSwitchedOff(): boolean {
  return /^(?:false|0)$/i.test(process.env.DD_LLMOBS_ENABLED ?? "");
}

function leaveAs({ code, signal }: Exit): void {
  if (signal === null) {
    process.exitCode = code ?? 0;
    return;
  }
  process.kill(process.pid, signal);
  // Only for a signal that this process can't die of.
  process.exitCode = 128 + (constants.signals[signal] ?? 0);
}
