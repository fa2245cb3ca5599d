import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { isConversation, readMessages } from "./message.js";
import type { Recognised } from "./recogniser.js";

/** Model parameters worth showing, as chat APIs name them. */
const PARAMETERS = [
  "temperature",
  "top_p",
  "top_k",
  "max_tokens",
  "max_completion_tokens",
  "frequency_penalty",
  "presence_penalty",
  "seed",
  "stop",
  "tool_choice",
  "response_format",
  "reasoning_effort",
  "dimensions",
  "encoding_format",
] as const;

/**
 * Reads the arguments of a tagged model function, keyed by parameter: a
 * conversation, a request object of a chat API, the texts to embed.
 */
export function recogniseArguments(input: Json | undefined, kind: "llm" | "embedding"): Recognised {
  if (!isJsonObject(input)) return {};
  const values = Object.values(input);
  const request = values.find((value) => isJsonObject(value) && isRequest(value));
  const from = isJsonObject(request) ? request : input;
  const model = typeof from.model === "string" ? { modelName: from.model } : {};
  const shared = { ...model, ...parameters(from) };
  if (kind === "embedding") {
    const texts = embeddingTexts(isJsonObject(request) ? request.input : onlyTexts(values));
    return texts === undefined ? shared : { ...shared, inputDocuments: texts.map((text) => ({ text })) };
  }
  const conversation = isConversation(from.messages) ? from.messages : values.find(isConversation);
  const messages = conversation === undefined ? undefined : readMessages(conversation);
  return messages === undefined ? shared : { ...shared, inputMessages: messages };
}

function isRequest(value: JsonObject): boolean {
  return typeof value.model === "string" && (isConversation(value.messages) || value.input !== undefined);
}

function parameters(from: JsonObject): { readonly metadata?: JsonObject } {
  const known = PARAMETERS.flatMap((name): [string, Json][] => {
    const value = from[name];
    return value === undefined ? [] : [[name, value]];
  });
  return known.length === 0 ? {} : { metadata: Object.fromEntries(known) };
}

function onlyTexts(values: readonly Json[]): Json | undefined {
  const texts = values.filter((value) => embeddingTexts(value) !== undefined);
  return texts.length === 1 ? texts[0] : undefined;
}

function embeddingTexts(value: Json | undefined): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  if (!isJsonArray(value) || value.length === 0) return undefined;
  const texts = value.filter((item) => typeof item === "string");
  return texts.length === value.length ? texts : undefined;
}
