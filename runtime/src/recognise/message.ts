import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { composed } from "./composed.js";
import { object, objects, text } from "./fields.js";
import { mediaParts } from "./media-part.js";
import { contentText, type Part, readParts } from "./part.js";
import { composedLangchain, langchainMessage } from "./providers/langchain-message.js";
import { responseItem } from "./providers/response-item.js";
import { toolCall, toolResult } from "./tool.js";

/**
 * One message of a conversation in the wire's form: role, content, tool_calls,
 * tool_results, tool_id; what was thought before it as a message of its own. Reads
 * plain text, the SDK's own camelCase form and the forms that chat APIs take.
 * Undefined for what is neither text nor says anything of a message.
 */
export function readMessage(value: Json): readonly JsonObject[] | undefined {
  if (typeof value === "string") return [{ role: "", content: value }];
  if (!isJsonObject(value)) return undefined;
  const langchain = langchainMessage(value);
  if (langchain !== undefined) return composedLangchain(langchain);
  const item = value.role === undefined ? responseItem(value) : undefined;
  return item ?? (value.role === undefined && !saysAnything(value) ? undefined : messageObject(value));
}

/** A conversation: one message or a list of them. Undefined when some item is none. */
export function readMessages(value: Json): readonly JsonObject[] | undefined {
  const list = (isJsonArray(value) ? value : [value]).map(readMessage);
  const read = list.filter((message) => message !== undefined);
  return read.length === list.length ? read.flat() : undefined;
}

/** Whether a value was meant as messages: a non-empty list of objects that all are one. */
export function isConversation(value: Json | undefined): value is readonly JsonObject[] {
  return isJsonArray(value) && value.length > 0 && value.every((item) => isJsonObject(item) && isMessage(item));
}

function isMessage(value: JsonObject): boolean {
  if (typeof value.role === "string") return saysAnything(value);
  return langchainMessage(value) !== undefined || responseItem(value) !== undefined;
}

/** A role alone may be anybody's: a user of the program has one too. */
function saysAnything(value: JsonObject): boolean {
  return SAYS.some((key) => value[key] !== undefined);
}

const SAYS = [
  "content",
  "parts",
  "tool_calls",
  "toolCalls",
  "tool_results",
  "toolResults",
  "function_call",
  "refusal",
  "audioParts",
  "audio_parts",
  "imageParts",
  "image_parts",
];

/** `separator` goes between texts of one message: model answers come in pieces, prompts in paragraphs. */
export function messageObject(value: JsonObject, separator = "\n"): readonly JsonObject[] {
  // Google's word for itself
  const role = value.role === "model" ? "assistant" : (text(value.role) ?? "");
  const content = readParts(value.content ?? value.parts ?? value.refusal ?? transcript(value));
  const calls = [...objects(value.toolCalls ?? value.tool_calls), ...legacyCall(value)].map(readToolCall);
  const results = objects(value.toolResults ?? value.tool_results).map(readToolResult);
  const parts = [...thoughts(value), ...content, ...images(value), ...calls, ...results];
  const messages = withMedia(composed(role, parts, separator), mediaParts(value));
  const toolId = text(value.toolId ?? value.tool_id ?? value.tool_call_id ?? value.toolCallId);
  if (role !== "tool" || toolId === undefined) return messages;
  return messages.map((message) => ({ ...message, tool_id: toolId }));
}

/** Pictures and sounds belong to what was said last. */
function withMedia(messages: readonly JsonObject[], media: JsonObject): readonly JsonObject[] {
  if (Object.keys(media).length === 0) return messages;
  return messages.map((message, index) => (index === messages.length - 1 ? { ...message, ...media } : message));
}

/** DeepSeek and vLLM; Groq and OpenRouter; Ollama; Cohere's plan of its tool calls. */
function thoughts(value: JsonObject): readonly Part[] {
  const thought = [value.reasoning_content, value.reasoning, value.thinking, value.tool_plan, value.toolPlan].find(
    (field) => typeof field === "string" && field !== "",
  );
  return typeof thought === "string" ? [{ type: "reasoning", text: thought }] : [];
}

/** OpenAI's spoken answers come without content. */
function transcript(value: JsonObject): Json | undefined {
  return object(value.audio).transcript;
}

/** Ollama's: base64 that does not say what it is. */
function images(value: JsonObject): readonly Part[] {
  return isJsonArray(value.images) ? value.images.map(() => ({ type: "text", text: "[image]" })) : [];
}

/** OpenAI's `function_call`, from before there were several. */
function legacyCall(value: JsonObject): readonly JsonObject[] {
  return isJsonObject(value.function_call) ? [{ function: value.function_call }] : [];
}

function readToolCall(value: JsonObject): Part {
  const called = isJsonObject(value.function) ? value.function : value;
  const args = called.arguments ?? called.args ?? called.input;
  const id = value.toolId ?? value.tool_id ?? value.toolCallId ?? value.id;
  return { type: "call", call: toolCall(called.name ?? called.toolName, args, id, value.type) };
}

function readToolResult(value: JsonObject): Part {
  const result = value.result === undefined ? undefined : (contentText(value.result) ?? "");
  return { type: "result", result: toolResult(result, value.toolId ?? value.tool_id, value.name, value.type) };
}
