import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const PACKAGES = ["runtime", "transformer", "viewer", "cli"] as const;

const execute = promisify(execFile);

export async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd });
  return stdout;
}

/** Packs the packages as they would be published, into a folder outside the repository. */
export async function packAll(): Promise<{ readonly folder: string; readonly tarballs: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "llmobs-packages-"));
  for (const name of PACKAGES) await npm(join(ROOT, name), "pack", "--pack-destination", folder);
  return { folder, tarballs: readdirSync(folder).map((name) => join(folder, name)) };
}
