import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { globby } from "globby";
import { UsageError } from "../usage-error.js";

const SOURCES = "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}";

/**
 * The absolute paths of the source files below the paths, in the order of their names. `.gitignore` is honoured;
 * dependencies and declarations are left out, links to folders not followed. A file that is named is always taken.
 */
export async function findSourceFiles(paths: readonly string[], root: string): Promise<readonly string[]> {
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
        followSymbolicLinks: false,
        ignore: ["**/node_modules/**", "**/.git/**", "**/*.d.{ts,mts,cts}"],
      });
    }),
  );
  return [...new Set(found.flat())].sort((a, b) => (relative(root, a) < relative(root, b) ? -1 : 1));
}
