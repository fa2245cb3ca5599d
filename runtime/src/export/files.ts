import type { Reporter } from "../report.js";
import type { EncodedRecord, Exporter } from "./record.js";
import { SpanFile, toLines } from "./span-file.js";
import { pruneSpanFiles } from "./span-file-pruning.js";

/** A file that would grow past 32 MiB is left and another one begun. */
export const MAX_FILE_BYTES = 32 * 1_048_576;

/** Appends records to local files. Every call is synchronous inside, so callers hand over about 1 MiB at a time. */
export class FilesExporter implements Exporter {
  readonly name = "files";
  readonly wantsStart = true;
  readonly #dir: string;
  readonly #reporter: Reporter;
  #file: SpanFile | undefined;

  /** @param dir absolute: the program may change its working directory */
  constructor(dir: string, reporter: Reporter) {
    this.#dir = dir;
    this.#reporter = reporter;
  }

  send(records: readonly EncodedRecord[]): Promise<void> {
    this.#reporter.counters.droppedExport += records.length - this.sendSync(records);
    return Promise.resolve();
  }

  sendSync(records: readonly EncodedRecord[]): number {
    let reason = "";
    const lines = toLines(records);
    // The second try is with a new file, in a folder made again if it is gone.
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const file = this.#fileFor(lines.length);
        file.append(lines);
        if (!file.gone) {
          this.#reporter.counters.exported += records.length;
          return records.length;
        }
        reason = "the file was removed";
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
      this.close();
    }
    this.#reporter.warnOnce("files", `spans could not be written to ${this.#dir}: ${reason}. They are dropped.`);
    return 0;
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
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
