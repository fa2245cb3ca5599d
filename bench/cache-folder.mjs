import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Work in an empty folder below `.cache`, removed afterwards: a second run at the same time has its own.
 *
 * @template Result
 * @param {string} name
 * @param {(folder: string) => Promise<Result>} work
 */
export async function inCacheFolder(name, work) {
  const cache = fileURLToPath(new URL(".cache/", import.meta.url));
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(`${cache}${name}-`);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
