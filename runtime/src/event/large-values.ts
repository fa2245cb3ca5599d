import type { Json } from "../json.js";
import { type Escapes, ONCE, TWICE } from "./escapes.js";
import { JsonWriter } from "./json-writer.js";
import { type Form, type WriteValue, writeValue } from "./write-value.js";

/** How much text is written, in UTF-16 units, before the event loop is given back: less than a millisecond's worth. */
const STEP = 65_536;
/** What a value without text of its own counts. */
const VALUE_COST = 32;

interface Progress {
  readonly writer: JsonWriter;
  sinceStep: number;
}

/** A value and the form it is needed in. */
export type LargeValue = readonly [value: Json, form: Form];

/** Writes values that are too large to be written at once. */
export function* writeInSteps(values: readonly LargeValue[]): Generator<undefined, WriteValue, undefined> {
  const written = new Map<Json, readonly [from: number, to: number]>();
  const progress: Progress = { writer: new JsonWriter(), sinceStep: 0 };
  const { writer: own } = progress;
  for (const [value, form] of values) {
    const from = own.length;
    const isQuoted = form === "text" && typeof value !== "string";
    if (isQuoted) own.quote();
    yield* pieces(value, isQuoted ? TWICE : ONCE, progress);
    if (isQuoted) own.quote();
    written.set(value, [from, own.length]);
  }
  return (writer, value, form) => {
    const place = written.get(value);
    if (place === undefined) writeValue(writer, value, form);
    else writer.raw(own.bytes.subarray(...place));
  };
}

function* pieces(value: Json, escapes: Escapes, progress: Progress): Generator<undefined, void, undefined> {
  const { writer } = progress;
  if (typeof value === "string") {
    yield* longText(value, escapes, progress);
  } else if (typeof value !== "object" || value === null) {
    if (advance(progress, VALUE_COST)) yield;
    writer.leaf(value);
  } else if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    writer.ascii("[");
    for (const [index, item] of list.entries()) {
      if (index > 0) writer.ascii(",");
      yield* pieces(item, escapes, progress);
    }
    writer.ascii("]");
  } else {
    writer.ascii("{");
    let isFirst = true;
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue;
      if (!isFirst) writer.ascii(",");
      isFirst = false;
      writer.key(key, escapes);
      yield* pieces(item, escapes, progress);
    }
    writer.ascii("}");
  }
}

/** JSON strings may be written in parts: even one that ends between the halves of a surrogate pair is read back right. */
function* longText(value: string, escapes: Escapes, progress: Progress): Generator<undefined, void, undefined> {
  const { writer } = progress;
  writer.raw(escapes.quote);
  for (let at = 0; at < value.length; at += STEP) {
    const part = value.slice(at, at + STEP);
    if (advance(progress, part.length + VALUE_COST)) yield;
    writer.content(part, escapes);
  }
  writer.raw(escapes.quote);
}

/** Whether it is time for a pause. */
function advance(progress: Progress, cost: number): boolean {
  progress.sinceStep += cost;
  if (progress.sinceStep < STEP) return false;
  progress.sinceStep = 0;
  return true;
}
