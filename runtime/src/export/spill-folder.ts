import { builtin } from "../node-builtins.js";
import type { Reporter } from "../report.js";
import type { Batch } from "./batch.js";
import { makePrivateFolder, newFileName, nodeFs } from "./private-folder.js";
import { LINES } from "./span-file.js";

/** Kept for the next process: local lines, as in a span file. */
const UNSENT = /^unsent-.*\.ndjson$/;
/** Being sent by the process that the end of the name tells: number, time of the claim, machine. */
const CLAIMED = /^(unsent-.*\.ndjson)\.(\d+)-(\d+)-(.*)$/;
/** What all files kept in a folder may hold together: 512 MiB. */
export const MAX_SPILL_BYTES = 512 * 1_048_576;
/** How long a file is kept: 14 days. */
export const MAX_SPILL_AGE_MS = 14 * 24 * 3_600_000;
/** Sending one file takes seconds; a claim of this age was left behind by a process that is gone. */
const MAX_CLAIM_MS = 600_000;

/** A file that this process alone may send. */
export interface ClaimedFile {
  readonly text: string;
  readonly isTooOld: boolean;
  /** It was sent, or never can be. */
  remove(): void;
  /** Somebody may try again. */
  release(): void;
}

/** Where a leaving process keeps what it could not send, and the next one finds it. No member throws. */
export class SpillFolder {
  readonly #dir: string;
  readonly #reporter: Reporter;
  /** Undefined until it has been looked up. */
  #bytes: number | undefined;

  /** @param dir absolute */
  constructor(dir: string, reporter: Reporter) {
    this.#dir = dir;
    this.#reporter = reporter;
  }

  /** Whether the batch's events are in a file of their own now. Synchronous: the process is about to end. */
  keep(batch: Batch): boolean {
    const path = `${this.#dir}/${newFileName("unsent")}`;
    // Nobody is to find it half written.
    const unfinished = `${path}.part`;
    try {
      const fs = nodeFs();
      makePrivateFolder(this.#dir);
      this.#bytes ??= this.#files(UNSENT).reduce((sum, name) => sum + fs.statSync(`${this.#dir}/${name}`).size, 0);
      if (this.#bytes + batch.size > MAX_SPILL_BYTES) throw new Error("it holds 512 MiB already");
      this.#bytes += batch.size;
      fs.writeFileSync(unfinished, linesOf(batch), { flag: "wx", mode: 0o600 });
      fs.renameSync(unfinished, path);
      return true;
    } catch (error) {
      remove(unfinished);
      const reason = error instanceof Error ? error.message : String(error);
      this.#reporter.warnOnce("spill", `spans could not be kept in ${this.#dir}: ${reason}`);
      return false;
    }
  }

  hasUnsent(): boolean {
    return this.#files(UNSENT).length > 0 || this.#abandoned().length > 0;
  }

  /** The oldest file that nobody else sends. */
  claim(): ClaimedFile | undefined {
    // What processes took that are gone is there for everybody again.
    for (const { name, original } of this.#abandoned()) rename(`${this.#dir}/${name}`, `${this.#dir}/${original}`);
    for (const name of this.#files(UNSENT)) {
      const path = `${this.#dir}/${name}`;
      const claimed = `${path}.${process.pid}-${Date.now()}-${hostName()}`;
      try {
        const fs = nodeFs();
        fs.renameSync(path, claimed);
        return {
          text: fs.readFileSync(claimed, "latin1"),
          isTooOld: Date.now() - fs.statSync(claimed).mtimeMs > MAX_SPILL_AGE_MS,
          remove: () => remove(claimed),
          release: () => rename(claimed, path),
        };
      } catch {
        // Another process was first; or it cannot be read, which another one may be able to.
        rename(claimed, path);
      }
    }
    return undefined;
  }

  #abandoned(): Array<{ readonly name: string; readonly original: string }> {
    return this.#files(CLAIMED).flatMap((name) => {
      const [, original = "", pid, time, host] = CLAIMED.exec(name) ?? [];
      const gone = host === hostName() && Number(pid) !== process.pid && !isAlive(Number(pid));
      return gone || Date.now() - Number(time) > MAX_CLAIM_MS ? [{ name, original }] : [];
    });
  }

  /** The oldest first: their names begin with a time. */
  #files(pattern: RegExp): string[] {
    try {
      return nodeFs()
        .readdirSync(this.#dir)
        .filter((name) => pattern.test(name))
        .sort();
    } catch {
      return [];
    }
  }
}

function linesOf(batch: Batch): Uint8Array {
  const pieces: Uint8Array[] = [];
  const after = Buffer.from(LINES.after);
  for (let index = 0; index < batch.records; index++) {
    pieces.push(Buffer.from(LINES.before(batch.type(index))), batch.event(index), after);
  }
  return Buffer.concat(pieces);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It may be another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function hostName(): string {
  return (builtin("node:os")?.hostname() ?? "").replace(/[^\w.-]/g, "_");
}

function rename(from: string, to: string): void {
  try {
    nodeFs().renameSync(from, to);
  } catch {
    // It is gone, or somebody else's: as was to be.
  }
}

function remove(path: string): void {
  try {
    nodeFs().unlinkSync(path);
  } catch {
    // It is gone: as was to be.
  }
}
