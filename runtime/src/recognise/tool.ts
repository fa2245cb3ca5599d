import { isJsonObject, type Json, type JsonObject } from "../json.js";
import { parsed, present, text } from "./fields.js";

/** A call the model asks for, in the wire's form. Chat APIs send arguments as JSON text; the wire wants the object. */
export function toolCall(
  name: Json | undefined,
  args: Json | undefined,
  id: Json | undefined,
  type: Json | undefined,
): JsonObject {
  return present({
    name: text(name),
    arguments: args === undefined ? undefined : argumentsObject(args),
    tool_id: text(id),
    type: text(type),
  });
}

/** What a tool gave back, in the wire's form, where the result is text and the name always there. */
export function toolResult(
  result: string | undefined,
  id: Json | undefined,
  name: Json | undefined,
  type: Json | undefined,
): JsonObject {
  return present({ result, tool_id: text(id), name: text(name) ?? "", type: text(type) });
}

function argumentsObject(args: Json): Json {
  if (typeof args !== "string") return args;
  // A tool without parameters is called with no text at all while streaming.
  if (args === "") return {};
  const value = parsed(args);
  if (value === undefined) return { value: args };
  return isJsonObject(value) ? value : { value };
}
