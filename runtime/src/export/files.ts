import type { Reporter } from "../report.js";
import type { Batch } from "./batch.js";
import type { LaneExporter, LastOutcome, Outcome } from "./lane.js";
import { SpanFile } from "./span-file.js";
import { pruneSpanFiles } from "./span-file-pruning.js";

/** A file that would grow past 32 MiB is left and another one begun. */
export const MAX_FILE_BYTES = 32 * 1_048_576;

/** Appends batches to local files. Every call is synchronous inside; a batch is about 1 MiB. */
export class FilesExporter implements LaneExporter {
  readonly #dir: string;
  readonly #reporter: Reporter;
  #file: SpanFile | undefined;

  /** @param dir absolute: the program may change its working directory */
  constructor(dir: string, reporter: Reporter) {
    this.#dir = dir;
    this.#reporter = reporter;
  }

  send(batch: Batch): Promise<Outcome> {
    const fault = this.#write(batch);
    return Promise.resolve(fault === undefined ? { result: "delivered" } : { result: "refused", reason: fault });
  }

  leave(batch: Batch): LastOutcome {
    const fault = this.#write(batch);
    if (fault !== undefined) this.#reporter.warnOnce("files", fault);
    return fault === undefined ? "delivered" : "lost";
  }

  abandon(): void {}

  hurry(): void {}

  heldMs(): number {
    return 0;
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  /** Why it could not. */
  #write(batch: Batch): string | undefined {
    let reason = "";
    const lines = batch.body();
    // The second try is with a new file, in a folder made again if it is gone.
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const file = this.#fileFor(lines.length);
        file.append(lines);
        if (!file.gone) return undefined;
        reason = "the file was removed";
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
      this.close();
    }
    return `spans could not be written to ${this.#dir}: ${withoutPath(reason)}`;
  }

  #fileFor(bytes: number): SpanFile {
    const file = this.#file;
    if (file !== undefined && (file.size === 0 || file.size + bytes <= MAX_FILE_BYTES)) return file;
    this.close();
    const next = SpanFile.open(this.#dir);
    this.#file = next;
    pruneSpanFiles(this.#dir, next.path, Date.now());
    return next;
  }
}

/** The file system's words without the name of the very file, which is another one each time. */
function withoutPath(reason: string): string {
  return reason.replace(/, open '.*'$/, "");
}
