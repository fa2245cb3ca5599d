import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { described } from "../described.js";
import { embedded } from "../embedded.js";
import { object, objects, present, text } from "../fields.js";
import { messageObject } from "../message.js";
import type { Recognised, Recogniser } from "../recogniser.js";

/** Ollama's chat and generate, whole and streamed: https://github.com/ollama/ollama/blob/main/docs/api.md */
export const ollama: Recogniser = {
  name: "ollama",
  result(value) {
    return isAnswer(value) ? answer([value]) : undefined;
  },
  chunks(values) {
    return values.every(isAnswer) ? answer(values) : undefined;
  },
};

function isAnswer({ model, created_at: created, done, message, response }: JsonObject): boolean {
  if (typeof model !== "string" || typeof created !== "string" || typeof done !== "boolean") return false;
  return isJsonObject(message) || typeof response === "string";
}

/** A whole answer is a stream of one. */
function answer(values: readonly JsonObject[]): Recognised {
  const messages = values.map((value) => (isJsonObject(value.message) ? value.message : generated(value)));
  const last = values.findLast((value) => value.done === true) ?? {};
  const calls = messages.flatMap((message) => objects(message.tool_calls));
  const message = present<Json>({
    role: text(messages[0]?.role) ?? "assistant",
    content: joined(messages, "content"),
    thinking: joined(messages, "thinking"),
    tool_calls: calls,
  });
  return described({
    messages: messageObject(message, ""),
    model: values[0]?.model,
    provider: "ollama",
    usage: { input_tokens: last.prompt_eval_count, output_tokens: last.eval_count },
    finishReasons: [last.done_reason],
  });
}

function generated({ response, thinking }: JsonObject): JsonObject {
  return { role: "assistant", content: response ?? "", thinking: thinking ?? "" };
}

function joined(messages: readonly JsonObject[], key: string): string {
  return messages.map((message) => text(message[key]) ?? "").join("");
}

/** Ollama's embed: https://github.com/ollama/ollama/blob/main/docs/api.md#generate-embeddings */
export const ollamaEmbeddings: Recogniser = {
  name: "ollama-embeddings",
  result(value) {
    const { model, embeddings, total_duration: duration } = value;
    if (typeof model !== "string" || typeof duration !== "number" || !isJsonArray(embeddings)) return undefined;
    const usage = { input_tokens: object(value).prompt_eval_count };
    return embeddings.every(isJsonArray) ? embedded(embeddings, { model, provider: "ollama", usage }) : undefined;
  },
};
