import { builtin } from "../node-builtins.js";

/** Names our files begin with: local spans, and spans kept for the next process to send. */
export type FilePrefix = "spans" | "unsent";

/** Our own files, which git is not to see in a folder that holds other things too. */
const OWN_FILE = /^(?:spans|unsent)-.*\.ndjson$/;

/** A file's name of its time, this process and chance: nobody else's. */
export function newFileName(prefix: FilePrefix): string {
  const time = new Date().toISOString().replace(/[-:.]/g, "");
  const random = Math.random().toString(36).slice(2, 10).padEnd(8, "0");
  return `${prefix}-${time}-${process.pid}-${random}.ndjson`;
}

/**
 * Makes the folder and those above it, for the owner alone: spans hold what the
 * program was told. Its own .gitignore keeps them out of repositories.
 * @throws the file system's error
 */
export function makePrivateFolder(dir: string): void {
  makeFolder(dir);
  keepOutOfGit(dir);
}

/** @throws where the platform has no files */
export function nodeFs(): typeof import("node:fs") {
  const fs = builtin("node:fs");
  if (fs === undefined) throw new Error("there are no files on this platform");
  return fs;
}

/** The program may change its working directory later. */
export function absolutePath(dir: string): string {
  try {
    return builtin("node:path")?.resolve(dir) ?? dir;
  } catch {
    // The working directory itself is gone.
    return dir;
  }
}

function keepOutOfGit(dir: string): void {
  const fs = nodeFs();
  const names = fs.readdirSync(dir);
  if (names.includes(".gitignore")) return;
  const own = names.every((name) => OWN_FILE.test(name));
  try {
    fs.writeFileSync(`${dir}/.gitignore`, own ? "*\n" : "spans-*.ndjson\nunsent-*.ndjson\n", {
      flag: "wx",
      mode: 0o600,
    });
  } catch {
    // Another process was first, or the folder takes no such file: the spans matter more.
  }
}

/**
 * Makes a folder and those above it. Node's own `recursive` never returns where a
 * file system refuses new folders with ENOENT, as /proc does.
 */
function makeFolder(dir: string): void {
  const fs = nodeFs();
  const parent = builtin("node:path")?.dirname(dir) ?? dir;
  try {
    fs.mkdirSync(dir, 0o700);
  } catch (error) {
    if (fs.existsSync(dir) && fs.statSync(dir).isDirectory()) return;
    if (parent === dir || fs.existsSync(parent)) throw error;
    makeFolder(parent);
    fs.mkdirSync(dir, 0o700);
  }
}
