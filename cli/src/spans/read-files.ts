import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseRecord, type TerminalSpan } from "./span.js";

/** The spans in a folder's files written to since `sinceMs` (unix ms), each once: finished ones win over started ones. */
export async function readSpans(folder: string, sinceMs: number): Promise<readonly TerminalSpan[]> {
  const spans = new Map<string, TerminalSpan>();
  for (const file of await spanFiles(folder, sinceMs)) {
    for await (const line of createInterface({ input: createReadStream(file, "utf8") })) {
      const span = parseRecord(line);
      if (span === undefined || span.startNs / 1e6 < sinceMs) continue;
      const key = `${span.traceId} ${span.spanId}`;
      if (span.durationNs !== undefined || !spans.has(key)) spans.set(key, span);
    }
  }
  return [...spans.values()];
}

async function spanFiles(folder: string, sinceMs: number): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => /^spans-.*\.ndjson$/.test(name)).map((name) => join(folder, name));
  const times = await Promise.all(files.map((file) => stat(file).then(({ mtimeMs }) => mtimeMs)));
  return files.filter((_, index) => (times[index] ?? 0) >= sinceMs - 1000);
}
