import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ImportedFile } from "../scope/imported-types.js";

/** A specifier names the output: what it may be called in the sources. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/** The TypeScript file that a relative import leads to; undefined for any other. */
export function readImport(specifier: string, importer: string): ImportedFile | undefined {
  if (!/^\.\.?\//.test(specifier) || !/\.[cm]?tsx?$/.test(importer)) return undefined;
  for (const filename of candidates(resolve(dirname(importer), specifier))) {
    try {
      return { filename, source: readFileSync(filename, "utf8") };
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

function candidates(path: string): readonly string[] {
  if (/\.[cm]?tsx?$/.test(path)) return [path];
  const [extension = ""] = /\.[cm]?jsx?$/.exec(path) ?? [];
  const replaced = (SOURCES[extension] ?? []).map((source) => path.slice(0, -extension.length) + source);
  return [...replaced, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`, `${path}/index.tsx`];
}
