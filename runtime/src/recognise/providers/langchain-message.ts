import type { JsonObject } from "../../json.js";
import { composed } from "../composed.js";
import { object, objects, text } from "../fields.js";
import { joinedParts, type Part, readParts } from "../part.js";
import { toolCall } from "../tool.js";

/** LangChain's classes of messages by role; those of chunks end in `Chunk`. */
const ROLES: Readonly<Record<string, string>> = {
  HumanMessage: "user",
  AIMessage: "assistant",
  SystemMessage: "system",
  ToolMessage: "tool",
  FunctionMessage: "tool",
  ChatMessage: "",
};

export interface LangchainMessage {
  readonly role: string;
  /** The constructor's fields: content, tool_calls, usage_metadata, response_metadata. */
  readonly fields: JsonObject;
}

/**
 * A serialised LangChain message: `{ lc, type: "constructor", id: […, "AIMessage"], kwargs }`,
 * which is what its `toJSON` gives. Undefined for anything else.
 */
export function langchainMessage(value: JsonObject): LangchainMessage | undefined {
  if (value.lc !== 1 || value.type !== "constructor" || !Array.isArray(value.id)) return undefined;
  const name = String(value.id.at(-1)).replace(/Chunk$/, "");
  if (!Object.hasOwn(ROLES, name)) return undefined;
  const fields = object(value.kwargs);
  return { role: ROLES[name] || (text(fields.role) ?? ""), fields };
}

/** The message in the wire's form. */
export function composedLangchain({ role, fields }: LangchainMessage): readonly JsonObject[] {
  const calls = objects(fields.tool_calls).map(
    ({ name, args, id, type }): Part => ({ type: "call", call: toolCall(name, args, id, type) }),
  );
  // Providers that put calls into the content put them into `tool_calls` too.
  const pieces = role === "assistant" ? joinedParts(readParts(fields.content)) : readParts(fields.content);
  const content = pieces.filter((part) => part.type !== "call" || calls.length === 0);
  const thought = text(object(fields.additional_kwargs).reasoning_content);
  const reasoning: readonly Part[] = thought === undefined ? [] : [{ type: "reasoning", text: thought }];
  const said = content.filter((part) => calls.length === 0 || part.type !== "text" || part.text !== "");
  const messages = composed(role, [...reasoning, ...said, ...calls]);
  const toolId = text(fields.tool_call_id);
  return toolId === undefined ? messages : messages.map((message) => ({ ...message, tool_id: toolId }));
}
