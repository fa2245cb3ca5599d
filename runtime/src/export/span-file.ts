import type { Framing } from "./batch.js";
import { makePrivateFolder, newFileName, nodeFs } from "./private-folder.js";

/** The names of our files in a folder. */
export const SPAN_FILE_NAME = /^spans-.*\.ndjson$/;

/** The local format: a line a record, `{"v":1,"type":…,"event":{…}}`; an evaluation's key is `metric`, as on the wire. */
export const LINES: Framing = {
  open: "",
  before: (type) => BEFORE[type],
  after: "}\n",
  between: "",
  close: "",
};

const BEFORE = {
  start: '{"v":1,"type":"start","event":',
  span: '{"v":1,"type":"span","event":',
  evaluation: '{"v":1,"type":"evaluation","metric":',
} as const;

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
    makePrivateFolder(dir);
    const path = `${dir}/${newFileName("spans")}`;
    return new SpanFile(path, nodeFs().openSync(path, "ax", 0o600));
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
  append(bytes: Uint8Array): void {
    const fs = nodeFs();
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
