import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { SOURCE_FILE } from "../hosts/options.js";
import { resolveSource } from "../hosts/resolve-source.js";
import { relativePath } from "../relative-path.js";
import { createManifest, type Manifest } from "./manifest.js";
import type { ModuleOutline } from "./outline.js";
import { outlineSource } from "./outline-module.js";

/**
 * Collects the outlines of a project's traced files; what they import through other files is read from disk, where a
 * call leads there. The same project gives the same manifest, whichever tool collects it and in whatever order.
 */
export class ProjectManifest {
  readonly #root: string;
  readonly #traced = new Map<string, ModuleOutline>();

  constructor(root: string) {
    this.#root = root;
  }

  add(outline: ModuleOutline): void {
    this.#traced.set(outline.file, outline);
  }

  clear(): void {
    this.#traced.clear();
  }

  create(): Manifest {
    const realRoot = realpathSync(this.#root);
    const read = new Map<string, ModuleOutline | undefined>();
    return createManifest(this.#traced.values(), (specifier, importer) => {
      const path = resolveSource(specifier, resolve(realRoot, importer), "import");
      if (path === undefined || !SOURCE_FILE.test(path)) return undefined;
      const file = relativePath(path, realRoot);
      const traced = this.#traced.get(file);
      if (traced !== undefined) return traced;
      if (!read.has(file)) read.set(file, outlineSource(readFileSync(path, "utf8"), path, realRoot));
      return read.get(file);
    });
  }
}

export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Writes a manifest where it changed: who watches the file sees no write that changes nothing. */
export function writeManifest(manifest: Manifest, path: string): void {
  const text = formatManifest(manifest);
  if (readIfThere(path) === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
