import { builtin } from "../node-builtins.js";
import type { EncodedRecord } from "./record.js";

/** The names of our files in a folder. */
export const SPAN_FILE_NAME = /^spans-.*\.ndjson$/;

/** One local file: pure-ASCII lines that only this process appends to. Small, so that the process's last moment can use it alone. */
export class SpanFile {
  readonly path: string;
  readonly #fd: number;
  #size = 0;

  private constructor(path: string, fd: number) {
    this.path = path;
    this.#fd = fd;
  }

  /**
   * Makes a new file named by the time, this process and chance, and the folder
   * if need be (mode 0700, the file 0600: spans hold what the program was told).
   * @throws the file system's error
   */
  static open(dir: string): SpanFile {
    const fs = nodeFs();
    makeFolder(dir);
    keepOutOfGit(dir);
    const time = new Date().toISOString().replace(/[-:.]/g, "");
    const random = Math.random().toString(36).slice(2, 10).padEnd(8, "0");
    const path = `${dir}/spans-${time}-${process.pid}-${random}.ndjson`;
    return new SpanFile(path, fs.openSync(path, "ax", 0o600));
  }

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  /** Someone removed the file: what is written to it now is lost. */
  get gone(): boolean {
    return nodeFs().fstatSync(this.#fd).nlink === 0;
  }

  /**
   * Writes whole lines in one call, so that a killed process leaves at most its
   * last line torn. Synchronous: a line is in the system's hands, or still ours
   * to deliver when the process leaves, never in between.
   * @throws the file system's error; the file is then as before
   */
  append(lines: string): void {
    const fs = nodeFs();
    const bytes = Buffer.from(lines, "latin1");
    let written = 0;
    try {
      while (written < bytes.length) {
        const count = fs.writeSync(this.#fd, bytes, written);
        if (count === 0) throw new Error("nothing could be written");
        written += count;
      }
    } catch (error) {
      if (written > 0) fs.ftruncateSync(this.#fd, this.#size);
      throw error;
    }
    this.#size += bytes.length;
  }

  /** Never throws. A file that holds nothing is removed. */
  close(): void {
    try {
      const fs = nodeFs();
      fs.closeSync(this.#fd);
      if (this.#size === 0) fs.unlinkSync(this.path);
    } catch {
      // Already closed or removed: both are what was wanted.
    }
  }
}

/** The local format: a line a record, `{"v":1,"type":…,"event":{…}}`; an evaluation's key is `metric`, as on the wire. */
export function toLines(records: readonly EncodedRecord[]): string {
  let lines = "";
  for (const { type, json } of records) {
    lines += `{"v":1,"type":"${type}","${type === "evaluation" ? "metric" : "event"}":${json}}\n`;
  }
  return lines;
}

/** In a folder that holds other things too, only our own files are hidden from git. */
function keepOutOfGit(dir: string): void {
  const fs = nodeFs();
  const names = fs.readdirSync(dir);
  if (names.includes(".gitignore")) return;
  const own = names.every((name) => SPAN_FILE_NAME.test(name));
  try {
    fs.writeFileSync(`${dir}/.gitignore`, own ? "*\n" : "spans-*.ndjson\n", { flag: "wx", mode: 0o600 });
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

function nodeFs(): typeof import("node:fs") {
  const fs = builtin("node:fs");
  if (fs === undefined) throw new Error("there are no files on this platform");
  return fs;
}
