import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { SOURCE_FILE } from "../options.js";

/** Beyond this many files the scan costs more than it saves. */
const MOST_FILES = 20_000;
/** Beyond this many alternatives a filter is slower than asking for every file. */
const MOST_TAGGED = 1000;

const TAG = Buffer.from("@llmobs");

/**
 * A filter for exactly the files below `root` that have a tag, and every file
 * outside of it or in a hidden folder, which are not looked through. Each call of a plugin costs esbuild about 30 µs, so asking for
 * every file would cost a build of 3,000 modules a tenth of its time.
 * Undefined when the folder is too large to look through.
 */
export function taggedFilesFilter(root: string): RegExp | undefined {
  const tagged = taggedFiles(root);
  if (tagged === undefined) return undefined;
  const prefix = resolve(root) + sep;
  const inHiddenFolder = `${escapePattern(prefix)}(?:.*[\\\\/])?\\.[^\\\\/]+[\\\\/].*`;
  const alternatives = [...tagged.map(escapePattern), inHiddenFolder, ...outside(prefix)];
  return new RegExp(`^(?:${alternatives.join("|")})$`);
}

/** The files below `root` that have a tag; undefined when there are too many to look through. */
export function taggedFiles(root: string): readonly string[] | undefined {
  const tagged: string[] = [];
  const folders = [resolve(root)];
  let seen = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== "node_modules" && !entry.name.startsWith(".")) folders.push(path);
      } else if (SOURCE_FILE.test(entry.name)) {
        if (++seen > MOST_FILES) return undefined;
        if (hasTag(path)) tagged.push(path);
      }
    }
  }
  return tagged.length > MOST_TAGGED ? undefined : tagged.sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Reused for all files but the largest: thousands of fresh buffers cost more than what is read into them. */
const buffer = Buffer.allocUnsafe(256 * 1024);

function hasTag(path: string): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const length = readSync(file, buffer, 0, buffer.length, 0);
    const bytes = length < buffer.length ? buffer.subarray(0, length) : readFileSync(path);
    return bytes.includes(TAG);
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Patterns for the paths that do not begin with `prefix`; esbuild's expressions know no look-ahead. */
function outside(prefix: string): readonly string[] {
  return [...prefix].map((unit, index) => `${escapePattern(prefix.slice(0, index))}[^${escapeInClass(unit)}].*`);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function escapeInClass(unit: string): string {
  return unit.replace(/[\\\]^-]/, "\\$&");
}
