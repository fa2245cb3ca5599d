import { fields, isFields, list, text } from "./fields.js";

/** What a person would read first of an input or output: its text, the last message, the first document. */
export function readIo(io: unknown): string {
  if (typeof io === "string") return io;
  if (!isFields(io)) return io === undefined || io === null ? "" : JSON.stringify(io);
  const value = io.value;
  if (typeof value === "string") return value;
  const messages = list(io.messages);
  if (messages.length > 0) return messageText(messages[messages.length - 1]);
  const documents = list(io.documents);
  if (documents.length > 0) return text(fields(documents[0]).text) ?? "";
  return Object.keys(io).length === 0 ? "" : JSON.stringify(value ?? io);
}

function messageText(message: unknown): string {
  const { content, tool_calls } = fields(message);
  if (typeof content === "string" && content !== "") return content;
  const names = list(tool_calls).map((call) => text(fields(call).name) ?? "tool");
  if (names.length > 0) return names.map((name) => `${name}(…)`).join(", ");
  return content === undefined || content === "" ? "" : JSON.stringify(content);
}
