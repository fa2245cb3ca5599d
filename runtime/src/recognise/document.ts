import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";

/** One document in the wire's form: text, name, id, score. Undefined when there is no text in it. */
export function readDocument(value: Json): JsonObject | undefined {
  if (typeof value === "string") return { text: value };
  if (!isJsonObject(value)) return undefined;
  const text = [value.text, value.pageContent, value.content].find((field) => typeof field === "string");
  if (text === undefined) return undefined;
  const { name, id, score } = value;
  return {
    text,
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof id === "string" || typeof id === "number" ? { id: String(id) } : {}),
    ...(typeof score === "number" ? { score } : {}),
  };
}

/** One document or a list of them; undefined when some item is none. */
export function readDocuments(value: Json): readonly JsonObject[] | undefined {
  const list = (isJsonArray(value) ? value : [value]).map(readDocument);
  const read = list.filter((document) => document !== undefined);
  return read.length === list.length ? read : undefined;
}
