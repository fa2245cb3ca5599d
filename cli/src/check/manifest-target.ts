import { statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../usage-error.js";

/** Where `--manifest` is to write; `--manifest src` would take the folder to check for it. */
export function manifestTarget(file: string | true): string {
  const path = file === true ? "llmobs.manifest.json" : file;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UsageError(`${path} is a folder`, "name the paths to check first, then --manifest and a file");
  }
  return resolve(path);
}
