import { isJsonObject, type Json, type JsonObject } from "../json.js";
import { aiSdkEmbeddings, aiSdkObject, aiSdkText } from "./providers/ai-sdk.js";
import { anthropic } from "./providers/anthropic.js";
import { bedrockConverse } from "./providers/bedrock-converse.js";
import { bedrockInvoke } from "./providers/bedrock-invoke.js";
import { cohere, cohereEmbeddings } from "./providers/cohere.js";
import { googleEmbeddings, googleGenai } from "./providers/google-genai.js";
import { langchain } from "./providers/langchain.js";
import { mistral } from "./providers/mistral.js";
import { ollama, ollamaEmbeddings } from "./providers/ollama.js";
import { openaiChat, openaiCompletions } from "./providers/openai-chat.js";
import { openaiEmbeddings } from "./providers/openai-embeddings.js";
import { openaiResponses } from "./providers/openai-responses.js";
import type { Recognised, Recogniser } from "./recogniser.js";

/** Every provider shape that is read. The first that knows a result describes it; an unknown one is never guessed. */
export const RECOGNISERS: readonly Recogniser[] = [
  openaiResponses,
  openaiChat,
  mistral,
  openaiCompletions,
  openaiEmbeddings,
  anthropic,
  aiSdkText,
  aiSdkObject,
  aiSdkEmbeddings,
  googleGenai,
  googleEmbeddings,
  bedrockConverse,
  bedrockInvoke,
  cohere,
  cohereEmbeddings,
  ollama,
  ollamaEmbeddings,
  langchain,
];

export function recogniseResult(value: Json): Recognised | undefined {
  return isJsonObject(value) ? firstDefined((recogniser) => recogniser.result(withoutResponse(value))) : undefined;
}

export function recogniseChunks(values: readonly Json[]): Recognised | undefined {
  // Texts among chunks are the marks of capture limits.
  const chunks = values.filter((value) => typeof value !== "string");
  return chunks.length > 0 && chunks.every(isJsonObject)
    ? firstDefined((recogniser) => recogniser.chunks?.(chunks))
    : undefined;
}

/** `withResponse()` of OpenAI's and Anthropic's clients gives the answer beside the HTTP response. */
function withoutResponse(value: JsonObject): JsonObject {
  const { data, response, request_id: id } = value;
  return isJsonObject(data) && response !== undefined && id !== undefined ? data : value;
}

function firstDefined(read: (recogniser: Recogniser) => Recognised | undefined): Recognised | undefined {
  for (const recogniser of RECOGNISERS) {
    const found = read(recogniser);
    if (found !== undefined) return found;
  }
  return undefined;
}
