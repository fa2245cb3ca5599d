import type { Json } from "../json.js";

/**
 * How a value stands in an event. `json`: as itself. `text`: within a JSON
 * string, where a string is its own text and anything else its JSON.
 */
export type Form = "json" | "text";

/** Turns a value into a piece of an event. */
export type WriteValue = (value: Json, form: Form) => string;

/** At once: for what is not large. */
export function writeValue(value: Json, form: Form): string {
  return form === "json" || typeof value === "string" ? JSON.stringify(value) : `"${quotedJson(value)}"`;
}

/** JSON as it stands inside a JSON string. Faster than to escape the finished text once more. */
export function quotedJson(value: Json): string {
  if (typeof value !== "object" || value === null) return quotedLeaf(value);
  if (isList(value)) {
    let text = "[";
    for (let index = 0; index < value.length; index++)
      text += (index === 0 ? "" : ",") + quotedJson(value[index] ?? null);
    return `${text}]`;
  }
  let text = "{";
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined) text += (text.length === 1 ? "" : ",") + quotedKey(key) + quotedJson(item);
  }
  return `${text}}`;
}

function quotedLeaf(value: null | boolean | number | string): string {
  if (typeof value !== "string") return typeof value === "number" && !Number.isFinite(value) ? "null" : `${value}`;
  const once = JSON.stringify(value);
  // Nothing to escape but the quotes around it.
  if (once.length === value.length + 2) return `\\"${value}\\"`;
  return JSON.stringify(once).slice(1, -1);
}

const MOST_KEYS = 2000;
const keys = new Map<string, string>();

function quotedKey(key: string): string {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const made = `${quotedLeaf(key)}:`;
  if (keys.size < MOST_KEYS && key.length < 100) keys.set(key, made);
  return made;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
