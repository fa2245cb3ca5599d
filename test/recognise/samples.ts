import type { Json, JsonObject } from "../../runtime/src/json.js";
import * as anthropic from "./payloads/anthropic.js";
import * as bedrock from "./payloads/bedrock.js";
import * as cohere from "./payloads/cohere.js";
import * as google from "./payloads/google-genai.js";
import * as langchain from "./payloads/langchain.js";
import * as mistral from "./payloads/mistral.js";
import * as ollama from "./payloads/ollama.js";
import * as openai from "./payloads/openai-chat.js";
import * as responses from "./payloads/openai-responses.js";

/** A captured answer, and what has to be in it for its recogniser to know it. */
export interface Sample {
  readonly recogniser: string;
  readonly value: JsonObject;
  /** Paths of keys: without any one of them the answer is nobody's. */
  readonly needs: readonly string[];
}

/** The captured chunks of a stream. */
export interface StreamSample {
  readonly recogniser: string;
  readonly chunks: readonly JsonObject[];
}

/** As a snapshot gives it: plain data. */
function captured(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value));
}

/** Clients that write what they get in camel case. */
function camelCase(value: Json): Json {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelCase(item),
    ]),
  );
}

const sample = (recogniser: string, value: unknown, ...needs: readonly string[]): Sample => ({
  recogniser,
  value: captured(value),
  needs,
});

const camelSample = (recogniser: string, value: unknown, ...needs: readonly string[]): Sample =>
  sample(recogniser, camelCase(captured(value)), ...needs);

const step = {
  content: [{ type: "text", text: "Hello" }],
  finishReason: "stop",
  usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
  response: { modelId: "gpt-4o" },
};

export const SAMPLES: readonly Sample[] = [
  sample("openai-chat", openai.completion, "object", "choices", "choices.0.message"),
  sample("openai-chat", openai.spoken, "object", "choices", "choices.1.message"),
  sample("openai-chat", openai.deepseek, "object", "choices"),
  sample("openai-completions", openai.vllmCompletion, "object", "choices.0.text"),
  sample("openai-embeddings", openai.embeddings, "object", "data", "data.1.object"),
  sample("openai-responses", responses.response, "object", "output", "status"),
  sample("openai-responses", responses.refusal, "object", "output", "status"),
  sample("anthropic", anthropic.message, "type", "role", "content", "usage"),
  sample(
    "ai-sdk-text",
    { steps: [step], totalUsage: step.usage },
    "steps",
    "steps.0.content",
    "steps.0.finishReason",
    "steps.0.usage",
    "steps.0.response",
  ),
  sample("ai-sdk-object", { object: { city: "Paris" }, ...step }, "finishReason", "usage", "response"),
  sample(
    "ai-sdk-embeddings",
    { value: "one", embedding: [0.1], usage: { tokens: 1 } },
    "value",
    "embedding",
    "usage",
    "usage.tokens",
  ),
  sample(
    "ai-sdk-embeddings",
    { values: ["one"], embeddings: [[0.1]], usage: { tokens: 1 } },
    "values",
    "embeddings",
    "usage",
    "usage.tokens",
  ),
  sample("google-genai", { ...google.response, usageMetadata: undefined }, "modelVersion"),
  sample("google-genai", { ...google.response, modelVersion: undefined }, "usageMetadata"),
  sample("google-genai", { ...google.blocked, usageMetadata: undefined }, "modelVersion", "promptFeedback"),
  sample("google-embeddings", google.embeddings, "embeddings", "embeddings.1.values"),
  sample(
    "bedrock-converse",
    bedrock.converse,
    "output",
    "output.message",
    "output.message.content",
    "stopReason",
    "usage",
  ),
  ...Object.values(bedrock.bodies).map((body) =>
    sample("bedrock-invoke", { $metadata: {}, body }, "$metadata", "body"),
  ),
  sample(
    "bedrock-invoke",
    { $metadata: {}, body: bedrock.titanEmbedding },
    "$metadata",
    "body.embedding",
    "body.inputTextTokenCount",
  ),
  sample("cohere", cohere.tools, "message", "message.role", "finish_reason", "usage"),
  camelSample("cohere", cohere.text, "message", "message.role", "finishReason", "usage"),
  camelSample("cohere-embeddings", cohere.embeddings, "id", "embeddings"),
  camelSample("mistral", mistral.completion, "object", "choices", "choices.0.message", "usage.promptTokens"),
  sample("ollama", ollama.chat, "model", "created_at", "done", "message"),
  sample("ollama", ollama.generated, "model", "created_at", "done", "response"),
  sample("ollama-embeddings", ollama.embeddings, "model", "embeddings", "total_duration"),
  sample("langchain", langchain.aiMessage, "lc", "type", "id", "id.2"),
  sample("langchain", langchain.generated, "generations"),
  sample("langchain", langchain.completed, "generations", "llmOutput"),
];

const stream = (recogniser: string, chunks: readonly unknown[]): StreamSample => ({
  recogniser,
  chunks: chunks.map(captured),
});

export const STREAMS: readonly StreamSample[] = [
  stream("openai-chat", openai.chunks),
  stream("openai-chat", openai.azureChunks),
  stream("openai-chat", openai.groqChunks),
  stream("openai-completions", [openai.vllmCompletion, openai.vllmCompletion]),
  stream("openai-responses", responses.events),
  stream("openai-responses", responses.events.slice(0, responses.MIDDLE)),
  stream(
    "anthropic",
    anthropic.events.map(({ data }) => data),
  ),
  stream("ai-sdk-text", [
    { type: "start" },
    { type: "start-step", request: {}, warnings: [] },
    { type: "text-start", id: "1" },
    { type: "text-delta", id: "1", text: "Hello" },
    { type: "text-end", id: "1" },
    { type: "finish-step", ...step },
    { type: "finish", finishReason: "stop", totalUsage: step.usage },
  ]),
  stream("ai-sdk-object", [{ city: "P" }, { object: { city: "Paris" }, ...step }]),
  stream("google-genai", google.chunks),
  stream(
    "bedrock-converse",
    bedrock.converseEvents.map(({ name, data }) => ({ [name]: data })),
  ),
  ...Object.values(bedrock.chunks).map((list) =>
    stream(
      "bedrock-invoke",
      list.map((bytes) => ({ chunk: { bytes } })),
    ),
  ),
  stream("cohere", cohere.events),
  stream(
    "mistral",
    mistral.chunks.map((data) => ({ data: camelCase(captured(data)) })),
  ),
  stream("ollama", ollama.chatLines),
  stream("langchain", langchain.chunks),
];
