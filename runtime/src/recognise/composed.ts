import type { Json, JsonObject } from "../json.js";
import { present } from "./fields.js";
import type { Part } from "./part.js";

/**
 * A message of pieces in the wire's form: role, content, tool_calls, tool_results,
 * image_parts, audio_parts. What the model thought goes before it as a message of
 * its own with the role `reasoning`, as dd-trace 6.21 has it.
 */
export function composed(role: string, parts: readonly Part[], separator = "\n"): readonly JsonObject[] {
  const [only] = parts;
  // Most messages are one text, and this is faster.
  if (only?.type === "text" && parts.length === 1) return [{ role, content: only.text }];
  const thoughts = parts.flatMap((part) => (part.type === "reasoning" ? [part.text] : []));
  const texts = parts.flatMap((part) => (part.type === "text" ? [part.text] : []));
  const calls = parts.flatMap((part) => (part.type === "call" ? [part.call] : []));
  const results = parts.flatMap((part) => (part.type === "result" ? [part.result] : []));
  const images = parts.flatMap((part) => (part.type === "image" ? [part.content] : []));
  const sounds = parts.flatMap((part) => (part.type === "audio" ? [part.content] : []));
  const reasoning = thoughts.length === 0 ? [] : [{ role: "reasoning", content: thoughts.join("\n") }];
  if (reasoning.length === parts.length && parts.length > 0) return reasoning;
  const silent = texts.length === 0 && calls.length + results.length > 0;
  const message = present<Json>({
    role,
    content: silent ? undefined : texts.join(separator),
    tool_calls: filled(calls),
    tool_results: filled(results),
    image_parts: filled(images),
    audio_parts: filled(sounds),
  });
  return [...reasoning, message];
}

function filled(list: readonly JsonObject[]): readonly JsonObject[] | undefined {
  return list.length === 0 ? undefined : list;
}
