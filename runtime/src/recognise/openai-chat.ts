import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { readMessage } from "./message.js";
import { numbers, type Recognised, type Recogniser } from "./recogniser.js";

/** OpenAI chat completions, whole and streamed: https://platform.openai.com/docs/api-reference/chat */
export const openaiChat: Recogniser = {
  name: "openai-chat",
  result(value) {
    if (!isJsonObject(value) || value.object !== "chat.completion" || !isJsonArray(value.choices)) return undefined;
    const messages = value.choices.flatMap((choice): readonly JsonObject[] =>
      isJsonObject(choice) && choice.message !== undefined ? optional(readMessage(choice.message)) : [],
    );
    return describe(value, messages, finishReasons(value.choices));
  },
  chunks(values) {
    const chunks = values.filter(isChunk);
    const first = chunks[0];
    if (first === undefined || chunks.length !== values.filter((value) => typeof value !== "string").length) {
      return undefined;
    }
    const choices = assemble(chunks);
    const usage = chunks.findLast((chunk) => isJsonObject(chunk.usage))?.usage ?? null;
    return describe(
      { ...first, usage },
      choices.flatMap((choice) => optional(readMessage(choice.message))),
      choices.flatMap((choice) => optional(choice.finishReason)),
    );
  },
};

function describe(value: JsonObject, outputMessages: readonly JsonObject[], finished: readonly string[]): Recognised {
  return {
    outputMessages,
    ...(typeof value.model === "string" ? { modelName: value.model } : {}),
    modelProvider: "openai",
    metrics: usageMetrics(value.usage),
    ...(finished.length > 0 ? { metadata: { finish_reason: finished.join(",") } } : {}),
  };
}

function usageMetrics(usage: Json | undefined): Readonly<Record<string, number>> {
  return numbers(usage, {
    input_tokens: (tokens) => tokens.prompt_tokens,
    output_tokens: (tokens) => tokens.completion_tokens,
    total_tokens: (tokens) => tokens.total_tokens,
    cache_read_input_tokens: (tokens) => field(tokens.prompt_tokens_details, "cached_tokens"),
    reasoning_output_tokens: (tokens) => field(tokens.completion_tokens_details, "reasoning_tokens"),
  });
}

function optional<Value>(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}

function field(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}

function finishReasons(choices: readonly Json[]): readonly string[] {
  return choices.flatMap((choice) => {
    const reason = field(choice, "finish_reason");
    return typeof reason === "string" ? reason : [];
  });
}

function isChunk(value: Json): value is JsonObject & { readonly choices: readonly Json[] } {
  return isJsonObject(value) && value.object === "chat.completion.chunk" && isJsonArray(value.choices);
}

interface Choice {
  readonly message: JsonObject;
  readonly finishReason: string | undefined;
}

/** Puts the deltas of every choice together, tool calls by their index. */
function assemble(chunks: readonly { readonly choices: readonly Json[] }[]): readonly Choice[] {
  const byIndex = new Map<number, { role: string; content: string; calls: Map<number, ToolCall>; finish?: string }>();
  for (const choice of chunks.flatMap(({ choices }) => choices)) {
    if (!isJsonObject(choice)) continue;
    const index = typeof choice.index === "number" ? choice.index : 0;
    const message = byIndex.get(index) ?? { role: "assistant", content: "", calls: new Map<number, ToolCall>() };
    byIndex.set(index, message);
    if (typeof choice.finish_reason === "string") message.finish = choice.finish_reason;
    const { delta } = choice;
    if (!isJsonObject(delta)) continue;
    if (typeof delta.role === "string") message.role = delta.role;
    if (typeof delta.content === "string") message.content += delta.content;
    if (isJsonArray(delta.tool_calls)) for (const call of delta.tool_calls) addToolCall(message.calls, call);
  }
  return [...byIndex.values()].map(({ role, content, calls, finish }) => ({
    message: {
      role,
      ...(content !== "" || calls.size === 0 ? { content } : {}),
      ...(calls.size === 0
        ? {}
        : { tool_calls: [...calls.values()].map(({ id, type, ...called }) => ({ id, type, function: called })) }),
    },
    finishReason: finish,
  }));
}

interface ToolCall {
  id: string;
  type: string;
  name: string;
  arguments: string;
}

function addToolCall(calls: Map<number, ToolCall>, delta: Json): void {
  if (!isJsonObject(delta)) return;
  const index = typeof delta.index === "number" ? delta.index : calls.size;
  const call = calls.get(index) ?? { id: "", type: "function", name: "", arguments: "" };
  calls.set(index, call);
  if (typeof delta.id === "string") call.id = delta.id;
  if (typeof delta.type === "string") call.type = delta.type;
  const name = field(delta.function, "name");
  const text = field(delta.function, "arguments");
  if (typeof name === "string") call.name += name;
  if (typeof text === "string") call.arguments += text;
}
