import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { object, text } from "./fields.js";
import { imageOrAudio, mediaOf } from "./media.js";
import { toolCall, toolResult } from "./tool.js";

/** A piece of a message's content, whichever provider's. */
export type Part =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "reasoning"; readonly text: string }
  | { readonly type: "call"; readonly call: JsonObject }
  | { readonly type: "result"; readonly result: JsonObject }
  /** Inline base64, as the wire's `image_parts` and `audio_parts` take it. */
  | { readonly type: "image" | "audio"; readonly content: JsonObject };

/** The pieces of a content: text, or a list of text and objects in the forms of the providers' message references. */
export function readParts(content: Json | undefined): readonly Part[] {
  if (content === undefined || content === null) return [];
  return isJsonArray(content) ? content.flatMap(readPart) : readPart(content);
}

/** Pieces of a stream put together: texts that follow one another are one, and so are thoughts. */
export function joinedParts(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const continues = (part.type === "text" || part.type === "reasoning") && before?.type === part.type;
    if (continues) joined[joined.length - 1] = { ...part, text: before.text + part.text };
    else joined.push(part);
  }
  return joined;
}

/** The same as text alone; what is none by its type in brackets. */
export function contentText(content: Json | undefined, separator = "\n"): string | undefined {
  if (content === undefined || content === null) return undefined;
  return readParts(content).map(partText).join(separator);
}

function partText(part: Part): string {
  switch (part.type) {
    case "text":
    case "reasoning":
      return part.text;
    case "call":
      return JSON.stringify(part.call);
    case "result":
      return text(part.result.result) ?? "";
    case "image":
    case "audio":
      return `[${part.type}]`;
  }
}

function readPart(value: Json): readonly Part[] {
  if (typeof value === "string") return plain(value);
  if (!isJsonObject(value)) return plain(JSON.stringify(value));
  const { type } = value;
  const read = typeof type === "string" ? typedPart(type, value) : untypedPart(value);
  return read ?? plain(text(value.text) ?? (typeof type === "string" ? `[${type}]` : JSON.stringify(value)));
}

function plain(value: string): readonly Part[] {
  return [{ type: "text", text: value }];
}

function reasoning(value: string | undefined): readonly Part[] {
  return value === undefined || value === "" ? [] : [{ type: "reasoning", text: value }];
}

function call(...[name, args, id, type]: Parameters<typeof toolCall>): readonly Part[] {
  return [{ type: "call", call: toolCall(name, args, id, type) }];
}

function result(content: Json | undefined, id: Json | undefined, name: Json | undefined, type: Json | undefined) {
  const said = typeof content === "object" && !isContent(content) ? JSON.stringify(content) : contentText(content);
  return [{ type: "result", result: toolResult(said, id, name, type) } as const];
}

/** Whether every item of a list is a piece of content rather than data of the tool's own. */
function isContent(value: Json): boolean {
  return isJsonArray(value) && value.every((item) => typeof item === "string" || isContentObject(item));
}

function isContentObject(item: Json): boolean {
  if (!isJsonObject(item)) return false;
  return typeof item.text === "string" || mediaOf(item) !== undefined;
}

/** Parts that say their type: OpenAI, Anthropic, AI SDK, Cohere, Mistral, LangChain. */
function typedPart(type: string, value: JsonObject): readonly Part[] | undefined {
  switch (type) {
    case "refusal":
      return plain(text(value.refusal) ?? "");
    case "reasoning":
      return reasoning(text(value.text) ?? contentText(value.summary));
    case "thinking":
      return reasoning(contentText(value.thinking));
    case "redacted_thinking":
    case "step-start":
      return [];
    case "tool_use":
    case "server_tool_use":
    case "mcp_tool_use":
      return call(value.name, value.input, value.id, type);
    case "tool-call":
      return call(value.toolName, value.input ?? value.args, value.toolCallId, type);
    case "tool_call":
      return call(value.name, value.args, value.id, type);
    case "tool-result":
    case "tool-error":
      return result(toolOutput(value), value.toolCallId, value.toolName, type);
  }
  if (type.endsWith("tool_result")) return result(value.content, value.tool_use_id, undefined, type);
  if (typeof value.toolCallId === "string") return uiToolPart(type, value);
  return imageOrAudio(value);
}

/** AI SDK: a tool's own value in results, wrapped with its type in messages. */
function toolOutput(value: JsonObject): Json | undefined {
  const output = value.output ?? value.result ?? value.error;
  if (!isJsonObject(output) || typeof output.type !== "string") return output;
  return /^(?:error-)?(?:text|json)$|^content$/.test(output.type) ? output.value : output;
}

/** AI SDK, messages of a user interface: call and result in one part, the tool's name in its type. */
function uiToolPart(type: string, value: JsonObject): readonly Part[] | undefined {
  if (type !== "dynamic-tool" && !type.startsWith("tool-")) return undefined;
  const name = type === "dynamic-tool" ? value.toolName : type.slice("tool-".length);
  const output = value.output ?? value.errorText;
  return [
    ...call(name, value.input, value.toolCallId, "tool-call"),
    ...(output === undefined ? [] : result(output, value.toolCallId, name, "tool-result")),
  ];
}

/** Parts told apart by their one key: Bedrock Converse, Google. */
function untypedPart(value: JsonObject): readonly Part[] | undefined {
  if (isJsonObject(value.toolUse)) {
    const { name, input, toolUseId } = value.toolUse;
    return call(name, input, toolUseId, "toolUse");
  }
  if (isJsonObject(value.toolResult)) {
    const { content, toolUseId } = value.toolResult;
    return result(jsonParts(content), toolUseId, undefined, "toolResult");
  }
  if (isJsonObject(value.reasoningContent)) return reasoning(text(object(value.reasoningContent.reasoningText).text));
  if (isJsonObject(value.functionCall)) {
    const { name, args, id } = value.functionCall;
    return call(name, args, id, "function_call");
  }
  if (isJsonObject(value.functionResponse)) {
    const { name, response, id } = value.functionResponse;
    return result(response, id, name, "function_response");
  }
  if (value.thought === true) return reasoning(text(value.text));
  if (isJsonObject(value.executableCode)) {
    return call("code_execution", value.executableCode, undefined, "executable_code");
  }
  if (isJsonObject(value.codeExecutionResult)) {
    return result(value.codeExecutionResult, undefined, "code_execution", "code_execution_result");
  }
  if (value.cachePoint !== undefined) return [];
  if (isJsonObject(value.guardContent)) return plain(text(object(value.guardContent.text).text) ?? "[guardContent]");
  return imageOrAudio(value);
}

/** Bedrock: the pieces of a tool's result are `{ text }` or `{ json }`. */
function jsonParts(content: Json | undefined): Json {
  if (!isJsonArray(content)) return content ?? "";
  return content.map((item) => (isJsonObject(item) && item.json !== undefined ? JSON.stringify(item.json) : item));
}
