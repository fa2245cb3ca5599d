import { type FSWatcher, watch } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Fields, isFields } from "../span/fields.js";

const NAME = /^spans-.*\.ndjson$/;
const CHUNK = 1 << 20;
const EVERY_MS = 250;

/** A line of a span file. */
export interface FileRecord {
  readonly type: "start" | "span" | "evaluation";
  readonly body: Fields;
}

/** Follows the span files of a folder, which other processes append to, make and remove. */
export class SpanFiles {
  readonly #folder: string;
  readonly #take: (records: readonly FileRecord[]) => Promise<void>;
  /** Bytes read of each file, whole lines only. */
  readonly #read = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #watcher: FSWatcher | undefined;
  #reading: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(folder: string, take: (records: readonly FileRecord[]) => Promise<void>) {
    this.#folder = folder;
    this.#take = take;
  }

  /** Reads what is there, then whatever comes. */
  async start(): Promise<void> {
    await this.catchUp();
    this.#timer = setInterval(() => void this.catchUp().catch(() => {}), EVERY_MS);
    try {
      this.#watcher = watch(this.#folder, () => void this.catchUp().catch(() => {}));
      this.#watcher.on("error", () => this.#watcher?.close());
    } catch {
      // The folder is still to come: the timer finds it.
    }
  }

  catchUp(): Promise<void> {
    const next = this.#reading.catch(() => {}).then(() => this.#readAll());
    this.#reading = next;
    return next;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#watcher?.close();
    await this.#reading.catch(() => {});
  }

  async #readAll(): Promise<void> {
    const names = (await readdir(this.#folder).catch(() => [])).filter((name) => NAME.test(name)).sort();
    for (const name of names) if (!this.#closed) await this.#readFile(name);
  }

  async #readFile(name: string): Promise<void> {
    const path = join(this.#folder, name);
    let from = this.#read.get(name) ?? 0;
    const size = (await stat(path).catch(() => undefined))?.size ?? 0;
    if (size <= from) return;
    const file = await open(path, "r");
    try {
      let length = CHUNK;
      while (!this.#closed) {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, from);
        const end = buffer.subarray(0, bytesRead).lastIndexOf(10) + 1;
        if (end === 0) {
          // Part of a line: longer than the chunk, or still being written.
          if (bytesRead < length) return;
          length *= 2;
          continue;
        }
        await this.#take(parseLines(buffer.toString("utf8", 0, end)));
        from += end;
        this.#read.set(name, from);
        length = CHUNK;
      }
    } finally {
      await file.close();
    }
  }
}

function parseLines(text: string): readonly FileRecord[] {
  return text.split("\n").flatMap((line) => {
    const record = parseLine(line);
    return record === undefined ? [] : [record];
  });
}

/** Undefined for what is not a record, such as a line that a killed process left torn. */
function parseLine(line: string): FileRecord | undefined {
  if (line === "") return undefined;
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isFields(record) || record.v !== 1) return undefined;
  const { type, event, metric } = record;
  if ((type === "start" || type === "span") && isFields(event)) return { type, body: event };
  if (type === "evaluation" && isFields(metric)) return { type, body: metric };
  return undefined;
}
