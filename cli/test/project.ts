import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const CACHE = fileURLToPath(new URL("../.cache/", import.meta.url));
export const CLI = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** A folder with the given files, inside the workspace so that its packages resolve; gone after the test. */
export function project(files: Readonly<Record<string, string>>): string {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, "project-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // The root of a repository of its own: what this one ignores does not count in it.
  mkdirSync(join(folder, ".git"));
  for (const [name, content] of Object.entries({ "package.json": '{ "type": "module" }', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment without what would switch tracing or colours on from outside. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([key]) => !/^(?:DD_|LLMOBS_|NO_COLOR|FORCE_COLOR|NODE_)/.test(key),
  );
  // The repository around the test's folder is not its own.
  return { ...Object.fromEntries(entries), GIT_CEILING_DIRECTORIES: CACHE, ...extra };
}

export function start(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const options: SpawnOptions = { cwd, env: cleanEnvironment(env), stdio: "pipe" };
  return spawn(process.execPath, [CLI, ...args], options);
}

export function finished(child: ChildProcess, input?: string): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin?.end(input ?? "");
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr })));
}

export function cli(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return finished(start(cwd, args, env));
}

/** `script` is util-linux's: it runs a command on a terminal of its own. Elsewhere its options are others. */
export const hasTerminals = process.platform === "linux";

/** The command on a terminal, where stdout and stderr are one. */
export function cliOnTerminal(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const command = [process.execPath, CLI, ...args].map((part) => `'${part}'`).join(" ");
  const options: SpawnOptions = { cwd, env: cleanEnvironment({ TERM: "xterm-256color", ...env }), stdio: "pipe" };
  return finished(spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], options));
}

interface SpanLine {
  readonly type: string;
  readonly event: {
    readonly name: string;
    readonly status?: string;
    readonly meta: { readonly metadata?: { readonly _llmobs?: { readonly file: string; readonly line: number } } };
  };
}

/** The span records in a folder's files. */
export function spanRecords(folder: string): readonly SpanLine[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
    .map((line): SpanLine => JSON.parse(line))
    .filter(({ type }) => type === "span");
}
