import type { Content, Document, MediaPart, Message, ToolCall, ToolResult } from "../api/contract.js";
import { type Fields, fields, filled, finite, isFields, list, text } from "./fields.js";

/** `meta.input` or `meta.output` of the wire. */
export function readContent(io: unknown): Content {
  if (io === undefined || io === null) return { type: "none" };
  if (typeof io === "string") return readText(io);
  if (!isFields(io)) return { type: "json", json: io };
  if (Array.isArray(io.messages)) return { type: "messages", messages: io.messages.map(readMessage) };
  if (Array.isArray(io.documents)) return { type: "documents", documents: io.documents.map(readDocument) };
  if (typeof io.value === "string") return readText(io.value);
  if (io.value !== undefined && io.value !== null) return { type: "json", json: io.value };
  const { prompt: _, ...rest } = io;
  return Object.keys(rest).length === 0 ? { type: "none" } : { type: "json", json: rest };
}

function readText(value: string): Content {
  const json = parseStructure(value);
  return json === undefined ? { type: "text", text: value } : { type: "text", text: value, json };
}

/** An object or a list; numbers and words are as readable as text. */
function parseStructure(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

const THINKING = new Set(["reasoning", "thinking", "redacted_thinking"]);

export function readMessage(value: unknown): Message {
  if (!isFields(value)) return { ...EMPTY, content: typeof value === "string" ? value : JSON.stringify(value ?? "") };
  const parts = list(value.content).filter(isFields);
  const ofParts = (types: ReadonlySet<string>) =>
    parts.filter(({ type }) => typeof type === "string" && types.has(type)).map(partText);
  const content =
    typeof value.content === "string"
      ? value.content
      : ofParts(new Set(["text", "input_text", "output_text"])).join("\n");
  const thought = filled(value.reasoning) ?? filled(value.thinking) ?? ofParts(THINKING).join("\n");
  const isThought = typeof value.role === "string" && THINKING.has(value.role);
  const results = list(value.tool_results).map(readToolResult);
  const toolId = text(value.tool_id);
  // A message of role `tool` is itself the result of the call that `tool_id` names.
  const isResult = results.length === 0 && value.role === "tool" && toolId !== null;
  return {
    role: text(value.role) ?? "",
    content:
      isResult || isThought
        ? ""
        : content || (parts.length === 0 && isFields(value.content) ? JSON.stringify(value.content) : content),
    reasoning: isThought ? content : thought || null,
    toolCalls: list(value.tool_calls).map(readToolCall),
    toolResults: isResult ? [{ id: toolId, name: null, result: content }] : results,
    media: [
      ...media(value.image_parts, "image"),
      ...media(value.audio_parts, "audio"),
      ...media(value.file_parts, "file"),
    ],
  };
}

const EMPTY: Message = { role: "", content: "", reasoning: null, toolCalls: [], toolResults: [], media: [] };

function partText(part: Fields): string {
  return text(part.text) ?? text(part.content) ?? text(part.thinking) ?? text(part.reasoning) ?? "";
}

function readToolCall(value: unknown): ToolCall {
  const call = fields(value);
  const inner = fields(call.function);
  const given = call.arguments ?? inner.arguments ?? null;
  return {
    id: filled(call.tool_id) ?? filled(call.id),
    name: text(call.name) ?? text(inner.name) ?? "",
    arguments: typeof given === "string" ? (parseStructure(given) ?? given) : given,
  };
}

function readToolResult(value: unknown): ToolResult {
  const { tool_id, name, result } = fields(value);
  return {
    id: filled(tool_id),
    name: filled(name),
    result: typeof result === "string" ? result : result === undefined ? "" : JSON.stringify(result),
  };
}

function media(parts: unknown, kind: MediaPart["kind"]): readonly MediaPart[] {
  return list(parts)
    .filter(isFields)
    .map(({ mime_type, content }) => ({ kind, mimeType: filled(mime_type), content: filled(content) }));
}

function readDocument(value: unknown): Document {
  if (!isFields(value))
    return { id: null, name: null, text: typeof value === "string" ? value : JSON.stringify(value ?? ""), score: null };
  return { id: filled(value.id), name: filled(value.name), text: text(value.text) ?? "", score: finite(value.score) };
}
