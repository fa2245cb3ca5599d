import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { added, described } from "../described.js";
import { number, object, present, text } from "../fields.js";
import { messageObject } from "../message.js";
import { BEDROCK } from "../model.js";
import type { Recognised, Recogniser } from "../recogniser.js";

/**
 * Bedrock's Converse, whole and streamed, and Nova models by InvokeModel, which answer
 * the same: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export const bedrockConverse: Recogniser = {
  name: "bedrock-converse",
  result(value) {
    const { message } = object(value.output);
    if (!isJsonObject(message) || !isJsonArray(message.content) || typeof value.stopReason !== "string")
      return undefined;
    return isJsonObject(value.usage) ? converse(value, message) : undefined;
  },
  chunks(values) {
    if (!values.every(isEvent) || !values.some((event) => event.messageStart !== undefined)) return undefined;
    const find = (key: string) => object(values.find((event) => event[key] !== undefined)?.[key]);
    const { stopReason } = find("messageStop");
    const { usage } = find("metadata");
    const { role } = find("messageStart");
    return converse(present<Json>({ stopReason, usage }), { role: role ?? "assistant", content: blocks(values) });
  },
};

function converse(value: JsonObject, message: JsonObject): Recognised {
  return described({
    messages: messageObject(message, ""),
    provider: BEDROCK,
    usage: converseUsage(object(value.usage)),
    finishReasons: [value.stopReason],
  });
}

/** Their input tokens leave out what was read from or written to the cache; the wire's include both. */
function converseUsage(usage: JsonObject): Readonly<Record<string, Json | undefined>> {
  const read = usage.cacheReadInputTokens ?? usage.cacheReadInputTokenCount;
  const written = usage.cacheWriteInputTokens ?? usage.cacheWriteInputTokenCount;
  return {
    input_tokens: added(usage.inputTokens, read, written),
    output_tokens: usage.outputTokens,
    total_tokens: usage.totalTokens,
    cache_read_input_tokens: read,
    cache_write_input_tokens: written,
  };
}

const EVENTS = [
  "messageStart",
  "contentBlockStart",
  "contentBlockDelta",
  "contentBlockStop",
  "messageStop",
  "metadata",
];

function isEvent(value: JsonObject): boolean {
  return EVENTS.some((key) => isJsonObject(value[key]));
}

/** The content that the deltas of a stream make up, in the form of a whole answer. */
function blocks(events: readonly JsonObject[]): readonly Json[] {
  const byIndex = new Map<number, Block>();
  for (const event of events) {
    const { contentBlockIndex, start, delta } = object(event.contentBlockStart ?? event.contentBlockDelta);
    const index = number(contentBlockIndex);
    if (index === undefined) continue;
    const block = byIndex.get(index) ?? { texts: new Map<string, string>() };
    byIndex.set(index, { ...block, ...(isJsonObject(start) ? { tool: object(start.toolUse) } : {}) });
    addDelta(block.texts, object(delta));
  }
  return [...byIndex.values()].map(wholeBlock);
}

interface Block {
  readonly tool?: JsonObject;
  readonly texts: Map<string, string>;
}

function addDelta(texts: Map<string, string>, delta: JsonObject): void {
  const pieces = {
    text: delta.text,
    input: object(delta.toolUse).input,
    reasoning: object(delta.reasoningContent).text,
  };
  for (const [key, value] of Object.entries(pieces)) {
    const piece = text(value);
    if (piece !== undefined) texts.set(key, (texts.get(key) ?? "") + piece);
  }
}

function wholeBlock({ tool, texts }: Block): JsonObject {
  const reasoning = texts.get("reasoning");
  if (tool !== undefined) return { toolUse: { ...tool, input: texts.get("input") ?? "" } };
  if (reasoning !== undefined) return { reasoningContent: { reasoningText: { text: reasoning } } };
  return { text: texts.get("text") ?? "" };
}
