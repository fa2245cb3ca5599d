import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { added, described } from "../described.js";
import { number, object, objects, present, text } from "../fields.js";
import type { Recognised, Recogniser } from "../recogniser.js";
import { composedLangchain, type LangchainMessage, langchainMessage } from "./langchain-message.js";

/** LangChain's chat models: a message, a stream of message chunks, and `generate`'s result. */
export const langchain: Recogniser = {
  name: "langchain",
  result(value) {
    const message = aiMessage(value) ?? rawMessage(value);
    return message === undefined ? llmResult(value) : answer([message], message);
  },
  chunks(values) {
    const messages = values.map(aiMessage).filter((message) => message !== undefined);
    if (messages.length !== values.length) return undefined;
    const whole = joined(messages);
    return answer([whole], whole);
  },
};

/** A message of the model's. */
function aiMessage(value: Json | undefined): LangchainMessage | undefined {
  const message = isJsonObject(value) ? langchainMessage(value) : undefined;
  return message?.role === "assistant" ? message : undefined;
}

/** `withStructuredOutput(…, { includeRaw: true })` gives `{ raw, parsed }`. */
function rawMessage({ raw, parsed }: JsonObject): LangchainMessage | undefined {
  return parsed === undefined ? undefined : aiMessage(raw);
}

function answer(messages: readonly LangchainMessage[], { fields }: LangchainMessage): Recognised {
  const said = object(fields.response_metadata);
  const usage = object(fields.usage_metadata);
  const input = object(usage.input_token_details);
  // What some models said before there was usage metadata.
  const older = object(said.tokenUsage);
  return described({
    messages: messages.flatMap(composedLangchain),
    model: said.model_name ?? said.model ?? said.modelId,
    provider: text(said.model_provider),
    usage: {
      input_tokens: usage.input_tokens ?? older.promptTokens,
      output_tokens: usage.output_tokens ?? older.completionTokens,
      total_tokens: usage.total_tokens ?? older.totalTokens,
      cache_read_input_tokens: input.cache_read,
      cache_write_input_tokens: input.cache_creation,
      reasoning_output_tokens: object(usage.output_token_details).reasoning,
    },
    finishReasons: [said.finish_reason ?? said.stop_reason ?? said.finishReason ?? said.done_reason],
  });
}

/** `{ generations: [[{ text, message }]], llmOutput }`, a list of candidates a prompt. */
function llmResult({ generations, llmOutput }: JsonObject): Recognised | undefined {
  if (!isJsonArray(generations) || generations.length === 0 || !generations.every(isJsonArray)) return undefined;
  const candidates = generations.flatMap(objects);
  if (candidates.length === 0 || !candidates.every((each) => typeof each.text === "string")) return undefined;
  const messages = candidates.map(({ message }) => aiMessage(message)).filter((message) => message !== undefined);
  const [first] = messages;
  if (first !== undefined) {
    const recognised = answer(messages, first);
    return messages.length === 1 ? recognised : { ...recognised, metrics: tokenUsage(object(llmOutput)) };
  }
  // Models that complete text give no messages.
  if (!isJsonObject(llmOutput)) return undefined;
  const said = candidates.map((each) => ({ role: "assistant", content: text(each.text) ?? "" }));
  return { outputMessages: said, metrics: tokenUsage(llmOutput) };
}

function tokenUsage({ tokenUsage: usage }: JsonObject): Readonly<Record<string, number>> {
  const { promptTokens, completionTokens, totalTokens } = object(usage);
  return present({
    input_tokens: number(promptTokens),
    output_tokens: number(completionTokens),
    total_tokens: number(totalTokens),
  });
}

/** Chunks add up: texts join, calls come in pieces by index, each count is said once or grows by what is said. */
function joined(messages: readonly LangchainMessage[]): LangchainMessage {
  const all = messages.map(({ fields }) => fields);
  const usage = all.map((fields) => object(fields.usage_metadata)).reduce(addedUp, {});
  const calls = new Map<Json, { id: string | undefined; name: string; args: string }>();
  for (const [position, { index, id, name, args }] of all.flatMap((each) => objects(each.tool_call_chunks)).entries()) {
    const key = index ?? position;
    const call = calls.get(key) ?? { id: undefined, name: "", args: "" };
    calls.set(key, call);
    call.id = text(id) ?? call.id;
    call.name += text(name) ?? "";
    call.args += text(args) ?? "";
  }
  const fields = present<Json>({
    content: all.flatMap(({ content }) => (isJsonArray(content) ? content : [content ?? ""])),
    tool_calls: [...calls.values()].map((call) => present<Json>({ ...call, type: "tool_call" })),
    usage_metadata: usage,
    response_metadata: Object.assign({}, ...all.map((each) => object(each.response_metadata))),
    additional_kwargs: present<Json>({ reasoning_content: thoughts(all) }),
  });
  return { role: "assistant", fields };
}

function thoughts(all: readonly JsonObject[]): string | undefined {
  const pieces = all.map((fields) => text(object(fields.additional_kwargs).reasoning_content) ?? "").join("");
  return pieces === "" ? undefined : pieces;
}

function addedUp(so: JsonObject, more: JsonObject): JsonObject {
  const keys = new Set([...Object.keys(so), ...Object.keys(more)]);
  return present<Json>(
    Object.fromEntries(
      [...keys].map((key) => {
        const [before, after] = [so[key], more[key]];
        if (isJsonObject(before) || isJsonObject(after)) return [key, addedUp(object(before), object(after))];
        return [key, added(before ?? 0, after)];
      }),
    ),
  );
}
