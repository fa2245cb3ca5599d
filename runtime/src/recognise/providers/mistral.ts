import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { described } from "../described.js";
import { object, objects, text } from "../fields.js";
import { messageObject } from "../message.js";
import type { Recognised, Recogniser } from "../recogniser.js";
import { openaiDeltas } from "./openai-delta.js";

/**
 * Mistral's chat as its own client gives it, in camel case, whole and streamed; over
 * HTTP it is OpenAI's: https://docs.mistral.ai/api/#tag/chat
 */
export const mistral: Recogniser = {
  name: "mistral",
  result(value) {
    const { choices, usage } = value;
    if (value.object !== "chat.completion" || !isUsage(usage) || !isJsonArray(choices)) return undefined;
    return choices.every((choice) => isJsonObject(object(choice).message)) ? chat(value, objects(choices)) : undefined;
  },
  chunks(values) {
    // Events of its streams hold the chunk as `data`.
    const chunks = values.map((value) => value.data);
    if (!chunks.every(isChunk)) return undefined;
    const usage = chunks.map((chunk) => chunk.usage).findLast(isUsage);
    const choices = chunks.flatMap((chunk) => objects(chunk.choices)).map(inSnakeCase);
    return chat({ ...chunks[0], usage: usage ?? null }, openaiDeltas(choices));
  },
};

function isUsage(usage: Json | undefined): usage is JsonObject {
  return isJsonObject(usage) && typeof usage.promptTokens === "number";
}

function isChunk(value: Json | undefined): value is JsonObject {
  if (!isJsonObject(value) || typeof value.model !== "string" || !isJsonArray(value.choices)) return false;
  return objects(value.choices).every((choice) => isJsonObject(choice.delta));
}

/** A delta's content is text or a list of pieces, some of which it thought. */
function inSnakeCase({ finishReason, delta, ...choice }: JsonObject): JsonObject {
  const { toolCalls, content, ...said } = object(delta);
  const [pieces, thoughts] = isJsonArray(content) ? split(content) : [content ?? null, null];
  const inner = { ...said, content: pieces, reasoning_content: thoughts, tool_calls: toolCalls ?? null };
  return { ...choice, finish_reason: finishReason ?? null, delta: inner };
}

function split(content: readonly Json[]): readonly [Json, Json] {
  const join = (parts: readonly JsonObject[]) => parts.map((part) => text(part.text) ?? "").join("") || null;
  const thoughts = objects(content).flatMap((part) => objects(part.thinking));
  return [join(objects(content)), join(thoughts)];
}

function chat(value: JsonObject, choices: readonly JsonObject[]): Recognised {
  const usage = object(value.usage);
  return described({
    messages: choices.flatMap(({ message }) => messageObject(object(message), "")),
    model: value.model,
    provider: "mistral",
    usage: { input_tokens: usage.promptTokens, output_tokens: usage.completionTokens, total_tokens: usage.totalTokens },
    finishReasons: choices.map((choice) => choice.finishReason ?? choice.finish_reason),
  });
}
