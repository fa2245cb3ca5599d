import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";

/**
 * One message of a conversation in the wire's form: role, content, tool_calls,
 * tool_results, tool_id. Reads plain text, the SDK's own camelCase form and the
 * form that chat APIs take (OpenAI's chat reference, `messages`).
 */
export function readMessage(value: Json): JsonObject | undefined {
  if (typeof value === "string") return { role: "", content: value };
  if (!isJsonObject(value)) return undefined;
  const role = typeof value.role === "string" ? value.role : "";
  const toolCalls = readToolCalls(value.toolCalls ?? value.tool_calls);
  const toolResults = readToolResults(value.toolResults ?? value.tool_results);
  const content = contentText(value.content) ?? contentText(value.refusal);
  const toolId = value.toolId ?? value.tool_id ?? value.tool_call_id;
  const silent = toolCalls !== undefined || toolResults !== undefined;
  return {
    role,
    ...(content !== undefined ? { content } : silent ? {} : { content: "" }),
    ...(toolCalls ? { tool_calls: toolCalls } : {}),
    ...(toolResults ? { tool_results: toolResults } : {}),
    ...(role === "tool" && typeof toolId === "string" ? { tool_id: toolId } : {}),
  };
}

/** A conversation: one message or a list of them. Undefined when some item is none. */
export function readMessages(value: Json): readonly JsonObject[] | undefined {
  const list = (isJsonArray(value) ? value : [value]).map(readMessage);
  const read = list.filter((message) => message !== undefined);
  return read.length === list.length ? read : undefined;
}

/** Whether a value was meant as messages: a non-empty list of objects that all have a role. */
export function isConversation(value: Json | undefined): value is readonly JsonObject[] {
  return (
    isJsonArray(value) && value.length > 0 && value.every((item) => isJsonObject(item) && typeof item.role === "string")
  );
}

/** Text as it is; the text parts of a multi-part content joined, other parts by their type in brackets. */
export function contentText(content: Json | undefined): string | undefined {
  if (content === undefined || content === null) return undefined;
  if (typeof content === "string") return content;
  if (!isJsonArray(content)) return JSON.stringify(content);
  return content.map(partText).join("\n");
}

function partText(part: Json): string {
  if (typeof part === "string") return part;
  if (!isJsonObject(part)) return JSON.stringify(part);
  if (typeof part.text === "string") return part.text;
  return typeof part.type === "string" ? `[${part.type}]` : JSON.stringify(part);
}

function readToolCalls(value: Json | undefined): readonly Json[] | undefined {
  if (!isJsonArray(value) || value.length === 0) return undefined;
  return value.filter(isJsonObject).map((call) => {
    const called = isJsonObject(call.function) ? call.function : call;
    const id = call.toolId ?? call.tool_id ?? call.id;
    return {
      ...(typeof called.name === "string" ? { name: called.name } : {}),
      ...(called.arguments === undefined ? {} : { arguments: parseArguments(called.arguments) }),
      ...(typeof id === "string" ? { tool_id: id } : {}),
      ...(typeof call.type === "string" ? { type: call.type } : {}),
    };
  });
}

function readToolResults(value: Json | undefined): readonly Json[] | undefined {
  if (!isJsonArray(value) || value.length === 0) return undefined;
  return value.filter(isJsonObject).map((result) => {
    const id = result.toolId ?? result.tool_id;
    return {
      ...(result.result === undefined ? {} : { result: contentText(result.result) ?? "" }),
      ...(typeof id === "string" ? { tool_id: id } : {}),
      name: typeof result.name === "string" ? result.name : "",
      ...(typeof result.type === "string" ? { type: result.type } : {}),
    };
  });
}

/** Chat APIs send a tool's arguments as JSON text; the wire wants the object. */
function parseArguments(value: Json): Json {
  if (typeof value !== "string") return value;
  try {
    const parsed: Json = JSON.parse(value);
    return isJsonObject(parsed) ? parsed : { value: parsed };
  } catch {
    return { value };
  }
}
