import type { Json } from "../json.js";
import type { JsonWriter } from "./json-writer.js";

/**
 * How a value stands in an event. `json`: as itself. `text`: within a JSON
 * string, where a string is its own text and anything else its JSON.
 */
export type Form = "json" | "text";

/** Puts a value into an event. */
export type WriteValue = (writer: JsonWriter, value: Json, form: Form) => void;

/** At once: for what is not large. */
export const writeValue: WriteValue = (writer, value, form) => {
  if (form === "json") writer.json(value);
  else if (typeof value === "string") writer.string(value);
  else {
    writer.quote();
    writer.quotedJson(value);
    writer.quote();
  }
};
