import { toAscii } from "../export/ascii.js";
import type { Json } from "../json.js";
import { type Form, quotedJson, type WriteValue, writeValue } from "./json-text.js";

/** How much text is made, in UTF-16 units, before the event loop is given back: less than a millisecond's worth. */
const STEP = 65_536;
/** What a value without text of its own counts. */
const VALUE_COST = 32;

interface Progress {
  sinceStep: number;
}

/** A value and the form it is needed in. */
export type LargeValue = readonly [value: Json, form: Form];

/** Writes values that are too large to be written at once; each piece of text between two steps is short. */
export function* writeInSteps(values: readonly LargeValue[]): Generator<undefined, WriteValue, undefined> {
  const written = new Map<Json, string>();
  const progress: Progress = { sinceStep: 0 };
  for (const [value, form] of values) {
    const quotes = form === "text" && typeof value !== "string";
    const text = yield* pieces(value, quotes, progress);
    written.set(value, quotes ? `"${text}"` : text);
  }
  return (value, form) => written.get(value) ?? writeValue(value, form);
}

function* pieces(value: Json, quoted: boolean, progress: Progress): Generator<undefined, string, undefined> {
  if (typeof value === "string") return yield* longText(value, quoted, progress);
  if (typeof value !== "object" || value === null) {
    if (advance(progress, VALUE_COST)) yield;
    return leaf(value, quoted);
  }
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    let text = "[";
    for (const [index, item] of list.entries())
      text += (index === 0 ? "" : ",") + (yield* pieces(item, quoted, progress));
    return `${text}]`;
  }
  let text = "{";
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    text += `${text.length === 1 ? "" : ","}${leaf(key, quoted)}:`;
    text += yield* pieces(item, quoted, progress);
  }
  return `${text}}`;
}

/** JSON strings may be written in parts: even one that ends between the halves of a surrogate pair is read back right. */
function* longText(value: string, quoted: boolean, progress: Progress): Generator<undefined, string, undefined> {
  let text = "";
  for (let at = 0; at < value.length; at += STEP) {
    const part = value.slice(at, at + STEP);
    if (advance(progress, part.length + VALUE_COST)) yield;
    text += leaf(part, quoted).slice(quoted ? 2 : 1, quoted ? -2 : -1);
  }
  return quoted ? `\\"${text}\\"` : `"${text}"`;
}

/** In ASCII, so that the whole needs no further look. */
function leaf(value: Json, quoted: boolean): string {
  return toAscii(quoted ? quotedJson(value) : JSON.stringify(value));
}

/** Whether it is time for a pause. */
function advance(progress: Progress, cost: number): boolean {
  progress.sinceStep += cost;
  if (progress.sinceStep < STEP) return false;
  progress.sinceStep = 0;
  return true;
}
