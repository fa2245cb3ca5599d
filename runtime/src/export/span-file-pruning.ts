import { builtin } from "../node-builtins.js";
import { SPAN_FILE_NAME } from "./span-file.js";

/** What all files of a folder may hold together: 512 MiB. */
export const MAX_FOLDER_BYTES = 512 * 1_048_576;
/** How long a file is kept after its last write: 14 days. */
export const MAX_AGE_MS = 14 * 24 * 3_600_000;

/**
 * Removes files past their age, then the ones written to longest ago until the
 * folder is within its size. `current` stays in any case. A file in use by
 * another process may go; that process notices and starts another. Never throws.
 */
export function pruneSpanFiles(dir: string, current: string, nowMs: number): void {
  const fs = builtin("node:fs");
  if (fs === undefined) return;
  const files: Array<{ path: string; size: number; modifiedMs: number }> = [];
  for (const name of readNames(fs, dir)) {
    const path = `${dir}/${name}`;
    const stats = SPAN_FILE_NAME.test(name) ? fs.lstatSync(path, { throwIfNoEntry: false }) : undefined;
    if (stats?.isFile()) files.push({ path, size: stats.size, modifiedMs: stats.mtimeMs });
  }
  files.sort((a, b) => a.modifiedMs - b.modifiedMs);
  let total = files.reduce((sum, file) => sum + file.size, 0);
  for (const file of files) {
    if (total <= MAX_FOLDER_BYTES && nowMs - file.modifiedMs <= MAX_AGE_MS) return;
    if (file.path === current) continue;
    try {
      fs.unlinkSync(file.path);
    } catch {
      // Another process removed it first, or it is not ours to remove.
    }
    total -= file.size;
  }
}

function readNames(fs: typeof import("node:fs"), dir: string): string[] {
  try {
    return fs.readdirSync(dir);
  } catch {
    return [];
  }
}
