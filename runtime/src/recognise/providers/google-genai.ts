import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { composed } from "../composed.js";
import { added, described } from "../described.js";
import { embedded } from "../embedded.js";
import { number, object, objects, present } from "../fields.js";
import { joinedParts, readParts } from "../part.js";
import type { Recognised, Recogniser } from "../recogniser.js";

/** Gemini's generateContent, whole and streamed: https://ai.google.dev/api/generate-content */
export const googleGenai: Recogniser = {
  name: "google-genai",
  result(value) {
    return isResponse(value) ? response(value) : undefined;
  },
  chunks(values) {
    return values.every(isResponse) ? response(joined(values)) : undefined;
  },
};

function isResponse(value: JsonObject): boolean {
  const { candidates, promptFeedback, usageMetadata, modelVersion } = value;
  if (!isJsonObject(usageMetadata) && typeof modelVersion !== "string") return false;
  if (candidates === undefined || (isJsonArray(candidates) && candidates.length === 0)) {
    // A prompt that was blocked; the end of a stream.
    return (
      typeof object(promptFeedback).blockReason === "string" ||
      number(object(usageMetadata).totalTokenCount) !== undefined
    );
  }
  return isJsonArray(candidates) && candidates.every(isCandidate);
}

function isCandidate(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  return isJsonObject(value.content) || typeof value.finishReason === "string";
}

function response(value: JsonObject): Recognised {
  const candidates = objects(value.candidates);
  return described({
    messages: candidates.flatMap(({ content }) =>
      composed("assistant", joinedParts(readParts(object(content).parts)), ""),
    ),
    model: value.modelVersion,
    provider: "google",
    usage: googleUsage(object(value.usageMetadata)),
    finishReasons: [...candidates.map((candidate) => candidate.finishReason), object(value.promptFeedback).blockReason],
  });
}

/** Thoughts are counted beside the answer, results of tools beside the prompt; cached tokens are part of the prompt. */
function googleUsage(usage: JsonObject): Readonly<Record<string, Json | undefined>> {
  const { candidatesTokenCount: candidates, thoughtsTokenCount: thoughts } = usage;
  return {
    input_tokens: added(usage.promptTokenCount, usage.toolUsePromptTokenCount),
    output_tokens: candidates === undefined && thoughts === undefined ? undefined : added(0, candidates, thoughts),
    total_tokens: usage.totalTokenCount,
    cache_read_input_tokens: usage.cachedContentTokenCount,
    reasoning_output_tokens: thoughts,
  };
}

/** Chunks are answers of their own, with a piece of each candidate; counts grow from one to the next. */
function joined(chunks: readonly JsonObject[]): JsonObject {
  const candidates = new Map<number, { readonly parts: Json[]; finishReason: Json | undefined }>();
  for (const { index, content, finishReason } of chunks.flatMap((chunk) => objects(chunk.candidates))) {
    const key = number(index) ?? 0;
    const candidate = candidates.get(key) ?? { parts: [], finishReason: undefined };
    candidates.set(key, candidate);
    candidate.parts.push(...objects(object(content).parts));
    candidate.finishReason = finishReason ?? candidate.finishReason;
  }
  const last = (key: string) => chunks.map((chunk) => chunk[key]).findLast((value) => value !== undefined);
  return present<Json>({
    candidates: [...candidates.values()].map(({ parts, finishReason }) =>
      present<Json>({ content: { parts }, finishReason }),
    ),
    usageMetadata: last("usageMetadata"),
    modelVersion: last("modelVersion"),
    promptFeedback: last("promptFeedback"),
  });
}

/** Gemini's embedContent: https://ai.google.dev/api/embeddings */
export const googleEmbeddings: Recogniser = {
  name: "google-embeddings",
  result({ embeddings }) {
    const vectors = isJsonArray(embeddings) ? embeddings.map((each) => object(each).values) : [];
    if (vectors.length === 0 || !vectors.every(isJsonArray)) return undefined;
    const tokens = objects(embeddings).map((each) => object(each.statistics).tokenCount);
    return embedded(vectors, { provider: "google", usage: { input_tokens: added(tokens[0], ...tokens.slice(1)) } });
  },
};
