import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { composed } from "../composed.js";
import { added, described } from "../described.js";
import { embedded } from "../embedded.js";
import { number, object, present, text } from "../fields.js";
import { aiSdkProvider } from "../model.js";
import { type Part, readParts } from "../part.js";
import type { Recognised, Recogniser } from "../recogniser.js";

/**
 * What `generateText` of the AI SDK (5 to 7) gives, what `streamText`'s promises come
 * to, and the parts of its `fullStream`: https://ai-sdk.dev/docs/reference/ai-sdk-core
 */
export const aiSdkText: Recogniser = {
  name: "ai-sdk-text",
  result: textResult,
  chunks(values) {
    // What the result's promises came to stands behind what was read of its streams.
    const settled = textResult(values.at(-1) ?? {});
    if (settled !== undefined) return settled;
    if (values[0]?.type !== "start" || !values.every(isPart) || !values.some(({ type }) => type === "start-step")) {
      return undefined;
    }
    return steps(assembled(values), values.findLast(({ type }) => type === "finish")?.totalUsage);
  },
};

function textResult({ steps: all, totalUsage }: JsonObject): Recognised | undefined {
  return isSteps(all) ? steps(all, totalUsage) : undefined;
}

function isSteps(value: Json | undefined): value is readonly JsonObject[] {
  return isJsonArray(value) && value.length > 0 && value.every(isStep);
}

function isStep(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { content, finishReason, usage, response } = value;
  return isJsonArray(content) && typeof finishReason === "string" && isUsage(usage) && isJsonObject(response);
}

function isUsage(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && ("inputTokens" in value || "outputTokens" in value || "totalTokens" in value);
}

/** One llm span for all steps of a call: their messages in a row, tokens of all, the last one's finish reason. */
function steps(all: readonly JsonObject[], totalUsage: Json | undefined): Recognised {
  const last = object(all.at(-1));
  const usages = isUsage(totalUsage) ? [totalUsage] : all.map((step) => object(step.usage));
  const recognised = described({
    messages: all.flatMap(stepMessages),
    model: object(last.response).modelId ?? object(last.model).modelId,
    provider: aiSdkProvider(object(last.model).provider) ?? soleKey(last.providerMetadata),
    usage: aiSdkUsage(usages),
    finishReasons: [last.finishReason],
  });
  const first = number(object(object(all[0]).performance).timeToFirstOutputMs);
  if (first === undefined) return recognised;
  return { ...recognised, metrics: { ...recognised.metrics, time_to_first_token: first / 1000 } };
}

/** Results of tools that ran in the step answer the model's message. */
function stepMessages({ content }: JsonObject): readonly JsonObject[] {
  const parts = readParts(content ?? null);
  const isResult = ({ type }: Part) => type === "result";
  const results = parts.filter(isResult);
  const said = composed(
    "assistant",
    parts.filter((part) => !isResult(part)),
    "",
  );
  return [...said, ...(results.length === 0 ? [] : composed("tool", results))];
}

/** Before version 6 a step does not name its provider, but what that one adds is under its name. */
function soleKey(metadata: Json | undefined): string | undefined {
  const keys = Object.keys(object(metadata));
  return keys.length === 1 ? aiSdkProvider(keys[0]) : undefined;
}

function aiSdkUsage(usages: readonly JsonObject[]): Readonly<Record<string, Json | undefined>> {
  const sum = (read: (usage: JsonObject) => Json | undefined): number | undefined => {
    const values = usages.map(read).filter((value) => typeof value === "number");
    return added(values[0], ...values.slice(1));
  };
  return {
    input_tokens: sum((usage) => usage.inputTokens),
    output_tokens: sum((usage) => usage.outputTokens),
    total_tokens: sum((usage) => usage.totalTokens),
    cache_read_input_tokens: sum((usage) => object(usage.inputTokenDetails).cacheReadTokens ?? usage.cachedInputTokens),
    cache_write_input_tokens: sum((usage) => object(usage.inputTokenDetails).cacheWriteTokens),
    reasoning_output_tokens: sum((usage) => object(usage.outputTokenDetails).reasoningTokens ?? usage.reasoningTokens),
  };
}

const PARTS =
  /^(?:start|finish|abort|error|raw|source|file|(?:start|finish)-step|(?:text|reasoning)-(?:start|delta|end)|tool-.+|response-metadata)$/;

function isPart({ type }: JsonObject): boolean {
  return typeof type === "string" && PARTS.test(type);
}

/** The steps that the parts of a full stream make up. */
function assembled(parts: readonly JsonObject[]): readonly JsonObject[] {
  const all: JsonObject[] = [];
  let content: Record<string, Json>[] = [];
  const begin = () => {
    content = [];
    all.push({ content });
  };
  for (const part of parts) {
    const [, kind, phase] = /^(text|reasoning)-(start|delta)$/.exec(text(part.type) ?? "") ?? [];
    if (part.type === "start-step") begin();
    else if (kind !== undefined && phase === "start") content.push({ type: kind, id: part.id ?? null, text: "" });
    else if (kind !== undefined) appendTo(content, kind, part);
    else if (part.type === "finish-step") all.push({ ...all.pop(), ...part });
    else if (/^tool-(?:call|result|error)$/.test(text(part.type) ?? "")) content.push({ ...part });
  }
  return all;
}

function appendTo(content: readonly Record<string, Json>[], kind: string, { id, text: more }: JsonObject): void {
  const open = content.findLast((part) => part.type === kind && part.id === id);
  if (open !== undefined) open.text = (text(open.text) ?? "") + (text(more) ?? "");
}

/** What `generateObject` gives and `streamObject`'s promises come to. */
export const aiSdkObject: Recogniser = {
  name: "ai-sdk-object",
  result: objectResult,
  chunks: (values) => objectResult(values.at(-1) ?? {}),
};

function objectResult(value: JsonObject): Recognised | undefined {
  const { object: made, finishReason, usage, response, providerMetadata } = value;
  if (made === undefined || typeof finishReason !== "string" || !isUsage(usage) || !isJsonObject(response)) {
    return undefined;
  }
  return described({
    messages: [{ role: "assistant", content: JSON.stringify(made) }],
    model: response.modelId,
    provider: soleKey(providerMetadata),
    usage: aiSdkUsage([usage]),
    finishReasons: [finishReason],
  });
}

/** What `embed` and `embedMany` give. */
export const aiSdkEmbeddings: Recogniser = {
  name: "ai-sdk-embeddings",
  result({ value, values, embedding, embeddings, usage, providerMetadata }) {
    const vectors = typeof value === "string" ? [embedding ?? null] : isJsonArray(values) ? (embeddings ?? null) : null;
    const { tokens } = object(usage);
    // Providers that do not count leave it to be no number.
    if (!isJsonArray(vectors) || !vectors.every(isJsonArray) || !(typeof tokens === "number" || tokens === "NaN")) {
      return undefined;
    }
    const provider = soleKey(providerMetadata);
    return embedded(vectors, { ...present({ provider }), usage: { input_tokens: tokens } });
  },
};
