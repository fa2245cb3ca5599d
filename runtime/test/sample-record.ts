import type { EncodedRecord, ExportRecord } from "../src/export/record.js";

/** A span record whose event is `{"span_id":"<id>"}`, or the JSON given. */
export function spanRecord(id: number | string, json = `{"span_id":"${id}"}`, weight = json.length): ExportRecord {
  return { type: "span", weight, superseded: false, encode: () => json };
}

export function startRecord(id: number | string, superseded = false): ExportRecord {
  return { type: "start", weight: 10, superseded, encode: () => `{"span_id":"${id}"}` };
}

/** An encoded span of exactly `bytes` bytes. */
export function encodedSpan(id: number | string, bytes = 0): EncodedRecord {
  const bare = `{"span_id":"${id}","pad":""}`;
  return { type: "span", json: `${bare.slice(0, -2)}${"x".repeat(Math.max(0, bytes - bare.length))}"}` };
}
