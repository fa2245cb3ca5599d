import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

const CACHE = fileURLToPath(new URL("../.cache/", import.meta.url));

/** A folder with the given files, inside the workspace so that its packages resolve; gone after the test. */
export function workspaceFolder(files: Readonly<Record<string, string>>): string {
  const folder = createFolder(files);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The same for several tests, which remove it themselves. */
export function createFolder(files: Readonly<Record<string, string>>): string {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, "hosts-"));
  for (const [name, content] of Object.entries({ "package.json": '{ "type": "module" }', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Node with tracing configured only by `env`; a failing exit is an answer too. */
export async function node(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Output> {
  const inherited = Object.entries(process.env).filter(([key]) => !/^(?:DD_|LLMOBS_|NODE_|FORCE_COLOR)/.test(key));
  const options = { cwd, env: { ...Object.fromEntries(inherited), ...env } };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, args, options)) };
  } catch (error) {
    if (typeof error !== "object" || error === null || !("stdout" in error && "stderr" in error && "code" in error))
      throw error;
    return { code: Number(error.code), stdout: String(error.stdout), stderr: String(error.stderr) };
  }
}
