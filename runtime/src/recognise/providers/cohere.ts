import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { described } from "../described.js";
import { embedded } from "../embedded.js";
import { number, object, objects, present, text } from "../fields.js";
import { messageObject } from "../message.js";
import type { Recognised, Recogniser } from "../recogniser.js";

/** Cohere's chat, version 2, whole and streamed, in the API's or the client's case: https://docs.cohere.com/reference/chat */
export const cohere: Recogniser = {
  name: "cohere",
  result(value) {
    const { message, usage } = value;
    if (!isJsonObject(message) || message.role !== "assistant") return undefined;
    const finished = text(value.finishReason ?? value.finish_reason);
    return finished !== undefined && isUsage(usage) ? chat(message, finished, usage) : undefined;
  },
  chunks(values) {
    if (!values.every(isEvent) || !values.some(({ type }) => type === "message-start")) return undefined;
    const { delta } = object(values.findLast(({ type }) => type === "message-end"));
    const { finishReason, finish_reason, usage } = object(delta);
    return chat(assembled(values), finishReason ?? finish_reason, object(usage));
  },
};

function isUsage(usage: Json | undefined): usage is JsonObject {
  return isJsonObject(usage) && [usage.tokens, usage.billedUnits, usage.billed_units].some(isJsonObject);
}

function chat(message: JsonObject, finishReason: Json | undefined, usage: JsonObject): Recognised {
  // Billed units leave out what Cohere adds to the prompt itself.
  const tokens = object(usage.tokens ?? usage.billedUnits ?? usage.billed_units);
  return described({
    messages: messageObject(message, ""),
    provider: "cohere",
    usage: {
      input_tokens: tokens.inputTokens ?? tokens.input_tokens,
      output_tokens: tokens.outputTokens ?? tokens.output_tokens,
      cache_read_input_tokens: usage.cachedTokens ?? usage.cached_tokens,
    },
    finishReasons: [finishReason],
  });
}

const EVENTS =
  /^(?:message-(?:start|end)|content-(?:start|delta|end)|tool-plan-delta|tool-call-(?:start|delta|end)|citation-(?:start|end)|debug)$/;

function isEvent({ type }: JsonObject): boolean {
  return typeof type === "string" && EVENTS.test(type);
}

/** The message that the events of a stream make up: each holds a piece of it under `delta.message`. */
function assembled(events: readonly JsonObject[]): JsonObject {
  const content = new Map<number, Record<string, string>>();
  const calls = new Map<number, Record<string, string>>();
  let plan = "";
  for (const { index, delta } of events) {
    const message = object(object(delta).message);
    const at = number(index) ?? 0;
    if (isJsonObject(message.content)) append(content, at, message.content, ["text", "thinking"]);
    const call = message.toolCalls ?? message.tool_calls;
    if (isJsonObject(call))
      append(calls, at, { id: call.id ?? null, ...object(call.function) }, ["id", "name", "arguments"]);
    plan += text(message.toolPlan ?? message.tool_plan) ?? "";
  }
  return present<Json>({
    role: "assistant",
    content: [...content.values()].map((part) => ({
      type: part.thinking === undefined ? "text" : "thinking",
      ...part,
    })),
    tool_plan: plan,
    tool_calls: calls.size === 0 ? undefined : [...calls.values()].map(({ id = "", ...called }) => call(id, called)),
  });
}

function call(id: string, called: JsonObject): JsonObject {
  return { id, type: "function", function: called };
}

function append(
  all: Map<number, Record<string, string>>,
  at: number,
  pieces: JsonObject,
  keys: readonly string[],
): void {
  const so = all.get(at) ?? {};
  all.set(at, so);
  for (const key of keys) {
    const piece = text(pieces[key]);
    if (piece !== undefined) so[key] = (so[key] ?? "") + piece;
  }
}

/** Cohere's embed, version 2, and the same by Bedrock: https://docs.cohere.com/reference/embed */
export const cohereEmbeddings: Recogniser = {
  name: "cohere-embeddings",
  result({ id, embeddings, meta, texts, response_type: type }) {
    if (typeof id !== "string" || (!isJsonArray(texts) && type === undefined)) return undefined;
    const vectors = isJsonObject(embeddings) ? Object.values(embeddings).find(isJsonArray) : embeddings;
    if (!isJsonArray(vectors) || vectors.length === 0) return undefined;
    const { billedUnits, billed_units } = object(meta);
    const billed = object(billedUnits ?? billed_units);
    return embedded(
      vectors.filter((vector) => isJsonArray(vector) || objects([vector]).length > 0),
      {
        provider: "cohere",
        usage: { input_tokens: billed.inputTokens ?? billed.input_tokens },
      },
    );
  },
};
