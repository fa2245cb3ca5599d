import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { described } from "../described.js";
import { object, objects, text } from "../fields.js";
import { messageObject } from "../message.js";
import type { Recognised, Recogniser } from "../recogniser.js";
import { openaiDeltas } from "./openai-delta.js";

/**
 * OpenAI chat completions, whole and streamed, from OpenAI or a service that speaks
 * its API: https://platform.openai.com/docs/api-reference/chat
 */
export const openaiChat: Recogniser = {
  name: "openai-chat",
  result(value) {
    const choices = value.object === "chat.completion" ? choicesOf(value.choices) : undefined;
    return choices && completion(value, choices);
  },
  chunks(values) {
    if (!values.every(isChunk)) return undefined;
    // Azure says its model in the second chunk, Groq its usage in a field of its own.
    const model = values.map((chunk) => text(chunk.model) ?? "").find((name) => name !== "");
    const usage = values.map((chunk) => chunk.usage ?? object(chunk.x_groq).usage).findLast(isJsonObject);
    const choices = openaiDeltas(values.flatMap((chunk) => objects(chunk.choices)));
    return completion({ ...Object.assign({}, ...values), model: model ?? null, usage: usage ?? null }, choices);
  },
};

/** Undefined unless each is a whole answer; Mistral's client has them in camel case. */
function choicesOf(choices: Json | undefined): readonly JsonObject[] | undefined {
  if (!isJsonArray(choices) || choices.length === 0 || !choices.every(isJsonObject)) return undefined;
  const whole = choices.every((choice) => isJsonObject(choice.message) && choice.finishReason === undefined);
  return whole ? choices : undefined;
}

function isChunk(value: JsonObject): boolean {
  if (!isJsonArray(value.choices)) return false;
  // Azure begins with what its filter thinks of the prompt.
  return value.object === "chat.completion.chunk" || (value.object === "" && isJsonArray(value.prompt_filter_results));
}

function completion(value: JsonObject, choices: readonly JsonObject[]): Recognised {
  const usage = object(value.usage);
  return described({
    messages: choices.flatMap(({ message }) => messageObject(object(message), "")),
    model: value.model,
    provider: provider(value, usage),
    usage: openaiUsage(usage),
    finishReasons: choices.map((choice) => choice.finish_reason),
  });
}

/** OpenAI's own unless there is a field that only another service sends. */
function provider(value: JsonObject, usage: JsonObject): string {
  if (value.prompt_filter_results !== undefined) return "azure_openai";
  if (value.x_groq !== undefined) return "groq";
  if (usage.prompt_cache_hit_tokens !== undefined) return "deepseek";
  return typeof value.provider === "string" ? "openrouter" : "openai";
}

/** The usage of chat completions: https://platform.openai.com/docs/api-reference/chat/object */
export function openaiUsage(usage: JsonObject): Readonly<Record<string, Json | undefined>> {
  const prompt = object(usage.prompt_tokens_details);
  return {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    total_tokens: usage.total_tokens,
    cache_read_input_tokens: prompt.cached_tokens ?? usage.prompt_cache_hit_tokens,
    cache_write_input_tokens: prompt.cache_write_tokens,
    reasoning_output_tokens: object(usage.completion_tokens_details).reasoning_tokens,
  };
}

/** Completions from before chat, which vLLM and others still serve: https://platform.openai.com/docs/api-reference/completions */
export const openaiCompletions: Recogniser = {
  name: "openai-completions",
  result(value) {
    return isTextCompletion(value) ? textCompletion([value]) : undefined;
  },
  chunks(values) {
    return values.every(isTextCompletion) ? textCompletion(values) : undefined;
  },
};

function isTextCompletion(value: JsonObject): boolean {
  // The last chunk may hold the usage alone.
  return (
    value.object === "text_completion" && objects(value.choices).every((choice) => typeof choice.text === "string")
  );
}

function textCompletion(values: readonly JsonObject[]): Recognised {
  const usage = values.map((value) => value.usage).findLast(isJsonObject);
  const choices = values.flatMap((value) => objects(value.choices));
  const deltas = choices.map(({ text: content, ...choice }) => ({ ...choice, delta: { content: content ?? null } }));
  return completion({ ...values[0], usage: usage ?? null }, openaiDeltas(deltas));
}
