import { MAX_EVENT_BYTES } from "../export/envelope.js";
import type { SpanEvent } from "./event.js";

/** The official SDK's words, which the product's UI knows. */
export const DROPPED_VALUE = "[This value has been dropped because this span's size exceeds the 5MB size limit.]";

/** JSON in pure ASCII, so that its length is its size in bytes; as captured from dd-trace 6.21. */
export function encodeJson(value: unknown): string {
  const json = JSON.stringify(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII as a whole
  return json.replace(/[^\u0000-\u007f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** One event within the limit: over it, input and output are dropped and `collection_errors` says so. */
export function encodeEvent(event: SpanEvent): string {
  const json = encodeJson(event);
  if (json.length <= MAX_EVENT_BYTES) return json;
  const dropped = { value: DROPPED_VALUE };
  return encodeJson({
    ...event,
    meta: { ...event.meta, input: dropped, output: dropped },
    collection_errors: ["dropped_io"],
  });
}
