import { allocate, Batch, type Framing } from "../src/export/batch.js";
import type { ExportRecord, RecordType } from "../src/export/record.js";
import { LINES } from "../src/export/span-file.js";

/** A span record whose event is `{"span_id":"<id>"}`, or the JSON given. */
export function spanRecord(id: number | string, json = `{"span_id":"${id}"}`, weight = json.length): ExportRecord {
  return { type: "span", weight, superseded: false, encode: () => json };
}

export function startRecord(id: number | string, superseded = false): ExportRecord {
  return { type: "start", weight: 10, superseded, encode: () => `{"span_id":"${id}"}` };
}

/** A span's event of exactly `bytes` bytes. */
export function spanJson(id: number | string, bytes = 0): string {
  const bare = `{"span_id":"${id}","pad":""}`;
  return `${bare.slice(0, -2)}${"x".repeat(Math.max(0, bytes - bare.length))}"}`;
}

/** A batch of records, each a type and its event. */
export function batchOf(records: ReadonlyArray<readonly [RecordType, string]>, framing: Framing = LINES): Batch {
  const size = records.reduce((sum, [, json]) => sum + json.length + 200, 200);
  const batch = new Batch(framing, allocate(size));
  for (const [type, json] of records) if (!batch.append(type, json)) throw new Error("the batch is full");
  return batch;
}

/** A batch of spans by their ids. */
export function spanBatch(...ids: ReadonlyArray<number | string>): Batch {
  return batchOf(ids.map((id) => ["span", spanJson(id)]));
}
