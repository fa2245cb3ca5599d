import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { added, described } from "../described.js";
import { number, object, present, text } from "../fields.js";
import { messageObject } from "../message.js";
import type { Recognised, Recogniser } from "../recogniser.js";

/** Anthropic messages, whole and streamed: https://docs.anthropic.com/en/api/messages */
export const anthropic: Recogniser = {
  name: "anthropic",
  result(value) {
    return isAnthropicMessage(value) ? anthropicMessage(value, "anthropic") : undefined;
  },
  chunks(values) {
    const message = values.every(isEvent) ? assembled(values) : undefined;
    return message && anthropicMessage(message, "anthropic");
  },
};

export function isAnthropicMessage({ type, role, content, usage }: JsonObject): boolean {
  return type === "message" && role === "assistant" && isJsonArray(content) && isJsonObject(usage);
}

/** Bedrock serves the same messages under its own name. */
export function anthropicMessage(value: JsonObject, provider: string): Recognised {
  return described({
    messages: messageObject(value, ""),
    model: value.model,
    provider,
    usage: anthropicUsage(object(value.usage)),
    finishReasons: [value.stop_reason],
  });
}

/** Their input tokens leave out what was read from or written to the cache; the wire's include both. */
function anthropicUsage(usage: JsonObject): Readonly<Record<string, Json | undefined>> {
  const { cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage;
  const lasting = object(usage.cache_creation);
  return {
    input_tokens: added(usage.input_tokens, read, written),
    output_tokens: usage.output_tokens,
    cache_read_input_tokens: read,
    cache_write_input_tokens: written,
    ephemeral_5m_input_tokens: lasting.ephemeral_5m_input_tokens,
    ephemeral_1h_input_tokens: lasting.ephemeral_1h_input_tokens,
    reasoning_output_tokens: object(usage.output_tokens_details).thinking_tokens,
  };
}

const EVENTS = new Set([
  "message_start",
  "content_block_start",
  "content_block_delta",
  "content_block_stop",
  "message_delta",
  "message_stop",
  "ping",
  "error",
]);

function isEvent({ type }: JsonObject): boolean {
  return typeof type === "string" && EVENTS.has(type);
}

/** The message that the events of a stream make up; undefined without its beginning. */
export function assembled(events: readonly JsonObject[]): JsonObject | undefined {
  const start = events.find(({ type }) => type === "message_start");
  if (start === undefined) return undefined;
  const message: Record<string, Json> = { ...object(start.message) };
  const blocks = new Map<number, Block>();
  let usage = object(message.usage);
  for (const event of events) {
    const index = number(event.index);
    if (event.type === "message_delta") {
      Object.assign(message, event.delta);
      // Counts so far, of which some may be left out.
      usage = { ...usage, ...present(Object.fromEntries(Object.entries(object(event.usage)).map(countOf))) };
    } else if (index !== undefined) {
      if (event.type === "content_block_start") blocks.set(index, { first: object(event.content_block), texts: {} });
      else if (event.type === "content_block_delta") addDelta(blocks.get(index), object(event.delta));
    }
  }
  return { ...message, usage, content: [...blocks.values()].map(wholeBlock) };
}

function countOf([name, value]: [string, Json]): [string, Json | undefined] {
  return [name, value ?? undefined];
}

interface Block {
  readonly first: JsonObject;
  readonly texts: { text?: string; thinking?: string; partial_json?: string };
}

function addDelta(block: Block | undefined, delta: JsonObject): void {
  if (block === undefined) return;
  for (const field of ["text", "thinking", "partial_json"] as const) {
    const piece = text(delta[field]);
    if (piece !== undefined) block.texts[field] = (block.texts[field] ?? "") + piece;
  }
}

/** What a block begins with may hold a first piece already. */
function wholeBlock({ first, texts: { partial_json: input, ...texts } }: Block): JsonObject {
  const said = Object.entries(texts).map(([field, more]) => [field, (text(first[field]) ?? "") + more]);
  return { ...first, ...Object.fromEntries(said), ...(input === undefined ? {} : { input }) };
}
