import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { described } from "../described.js";
import { number, object, objects, text } from "../fields.js";
import { messageObject } from "../message.js";
import type { Recognised, Recogniser } from "../recogniser.js";
import { readToolDefinitions } from "../tool-definitions.js";
import { responseItem } from "./response-item.js";

/** OpenAI's Responses API, whole and streamed: https://platform.openai.com/docs/api-reference/responses */
export const openaiResponses: Recogniser = {
  name: "openai-responses",
  result(value) {
    return isResponse(value) ? response(value, objects(value.output)) : undefined;
  },
  chunks(values) {
    if (!values.every(isEvent)) return undefined;
    // Each of these events holds the response as it is then; the last one is whole unless the stream was cut short.
    const last = values.map((event) => event.response).findLast((value) => isJsonObject(value) && isResponse(value));
    if (!isJsonObject(last)) return undefined;
    const output = objects(last.output);
    return response(last, output.length > 0 ? output : partialOutput(values));
  },
};

function isResponse(value: JsonObject): boolean {
  return value.object === "response" && isJsonArray(value.output) && typeof value.status === "string";
}

function isEvent({ type }: JsonObject): boolean {
  return typeof type === "string" && (type.startsWith("response.") || type === "error" || type === "keepalive");
}

function response(value: JsonObject, output: readonly JsonObject[]): Recognised {
  const usage = object(value.usage);
  const { status } = value;
  return described({
    messages: output.flatMap((item) => responseItem(item) ?? messageObject({ role: "assistant", ...item }, "")),
    model: value.model,
    provider: "openai",
    usage: {
      input_tokens: usage.input_tokens,
      output_tokens: usage.output_tokens,
      total_tokens: usage.total_tokens,
      cache_read_input_tokens: object(usage.input_tokens_details).cached_tokens,
      reasoning_output_tokens: object(usage.output_tokens_details).reasoning_tokens,
    },
    finishReasons: [object(value.incomplete_details).reason ?? status],
    toolDefinitions: readToolDefinitions(value.tools),
  });
}

/** Of a stream that was cut short: the items that were done, and the texts begun. */
function partialOutput(events: readonly JsonObject[]): readonly JsonObject[] {
  const items = new Map<number, JsonObject>();
  const texts = new Map<number, string>();
  for (const { type, output_index: at, item, delta } of events) {
    const index = number(at);
    if (index === undefined) continue;
    if (type === "response.output_item.done" && isJsonObject(item)) items.set(index, item);
    if (type === "response.output_text.delta") texts.set(index, (texts.get(index) ?? "") + (text(delta) ?? ""));
  }
  for (const [index, content] of texts) if (!items.has(index)) items.set(index, message(content));
  return [...items].sort(([a], [b]) => a - b).map(([, item]) => item);
}

function message(content: Json): JsonObject {
  return { type: "message", role: "assistant", content };
}
