import type { Json, JsonObject } from "../../json.js";
import { composed } from "../composed.js";
import { text } from "../fields.js";
import { contentText, type Part } from "../part.js";
import { toolCall, toolResult } from "../tool.js";

/**
 * One item of OpenAI's Responses API that is no message: calls, their outputs, reasoning.
 * Undefined for anything else. https://platform.openai.com/docs/api-reference/responses
 */
export function responseItem(item: JsonObject): readonly JsonObject[] | undefined {
  const { type } = item;
  const parts = typeof type === "string" ? itemParts(type, item) : undefined;
  if (parts === undefined || parts.length === 0) return parts && [];
  return composed(text(type)?.endsWith("_output") ? "tool" : "assistant", parts);
}

/** Tools that OpenAI runs itself have one type of item each. */
const HOSTED = new Set(
  [
    "web_search",
    "file_search",
    "computer",
    "code_interpreter",
    "local_shell",
    "shell",
    "apply_patch",
    "tool_search",
  ].map((tool) => `${tool}_call`),
);

function itemParts(type: string, item: JsonObject): readonly Part[] | undefined {
  switch (type) {
    case "function_call":
    case "mcp_call":
      return called(type, item, item.arguments);
    case "custom_tool_call":
      return called(type, item, item.input);
    case "reasoning": {
      if (!Array.isArray(item.summary)) return undefined;
      const said = contentText(item.content ?? item.summary) ?? "";
      return said === "" ? [] : [{ type: "reasoning", text: said }];
    }
    case "image_generation_call":
      return [{ type: "text", text: "[image]" }];
    case "item_reference":
    case "mcp_list_tools":
    case "compaction":
      return [];
  }
  if (HOSTED.has(type)) return called(type, item, hostedArguments(item));
  if (!type.endsWith("_call_output") || item.output === undefined) return undefined;
  return [{ type: "result", result: toolResult(contentText(item.output), item.call_id, item.name, type) }];
}

/** A call, and its result where OpenAI made the call itself. */
function called(type: string, item: JsonObject, args: Json | undefined): readonly Part[] {
  const id = item.call_id ?? item.id;
  const name = text(item.name) ?? type.slice(0, -"_call".length);
  const call: Part = { type: "call", call: toolCall(name, args, id, type) };
  const output = item.output ?? item.results ?? item.outputs ?? null;
  if (output === null) return [call];
  const said = typeof output === "string" ? output : JSON.stringify(output);
  return [call, { type: "result", result: toolResult(said, id, name, type) }];
}

const ABOUT_THE_CALL = new Set(["id", "type", "status", "call_id", "results", "outputs", "output"]);

function hostedArguments(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([key]) => !ABOUT_THE_CALL.has(key)));
}
