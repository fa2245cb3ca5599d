import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";

/* Narrow reads of captured data: what is not of the wanted type counts as absent. */

export function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function number(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** An object without members for anything else. */
export function object(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : NOTHING;
}

const NOTHING: JsonObject = {};

/** The objects of a list; what else a list may hold are the marks of capture limits. */
export function objects(value: Json | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

/** Only the members that have a value. */
export function present<Value>(members: Readonly<Record<string, Value | undefined>>): Readonly<Record<string, Value>> {
  const known: Record<string, Value> = {};
  for (const [key, value] of Object.entries(members)) if (value !== undefined) known[key] = value;
  return known;
}

/** The value that JSON text stands for; undefined when it is none. */
export function parsed(json: string): Json | undefined {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
