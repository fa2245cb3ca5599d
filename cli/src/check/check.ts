import { readFile, stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { type Diagnostic, instrument, type Site } from "@llmobs/transformer";
import { globby } from "globby";
import { UsageError } from "../usage-error.js";

export interface CheckResult {
  /** Source files looked at. */
  readonly files: number;
  readonly sites: readonly Site[];
  readonly diagnostics: readonly Diagnostic[];
}

const SOURCES = "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}";

/** Reads every tag below the paths. `.gitignore` is honoured; dependencies and declarations are left out. */
export async function check(paths: readonly string[], root: string): Promise<CheckResult> {
  const files = await findFiles(paths, root);
  const sites: Site[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const filename of files) {
    const source = await readFile(filename, "utf8");
    const result = instrument(source, { filename, root, sourceMap: false });
    sites.push(...result.sites);
    diagnostics.push(...result.diagnostics);
  }
  return { files: files.length, sites, diagnostics };
}

async function findFiles(paths: readonly string[], root: string): Promise<readonly string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const absolute = resolve(root, path);
      const kind = await stat(absolute).catch(() => undefined);
      if (kind === undefined) throw new UsageError(`${path} does not exist`, "name files or folders that do");
      if (kind.isFile()) return [absolute];
      return globby(SOURCES, {
        cwd: absolute,
        absolute: true,
        gitignore: true,
        dot: true,
        suppressErrors: true,
        ignore: ["**/node_modules/**", "**/.git/**", "**/*.d.{ts,mts,cts}"],
      });
    }),
  );
  return [...new Set(found.flat())].sort((a, b) => (relative(root, a) < relative(root, b) ? -1 : 1));
}
