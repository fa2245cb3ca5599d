import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json.js";
import { added, described } from "../described.js";
import { embedded } from "../embedded.js";
import { object, objects, text } from "../fields.js";
import { messageObject } from "../message.js";
import { BEDROCK } from "../model.js";
import type { Recognised, Recogniser } from "../recogniser.js";
import { anthropic } from "./anthropic.js";
import { bedrockConverse } from "./bedrock-converse.js";
import { cohereEmbeddings } from "./cohere.js";
import { openaiUsage } from "./openai-chat.js";
import { openaiDeltas } from "./openai-delta.js";

/**
 * Bedrock's InvokeModel, whole and streamed: the body is JSON in a form of the model's
 * maker, https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html
 */
export const bedrockInvoke: Recogniser = {
  name: "bedrock-invoke",
  result(value) {
    const { $metadata: about, body } = value;
    return isJsonObject(about) && isJsonObject(body) ? bedrock(whole(body)) : undefined;
  },
  chunks(values) {
    const bodies = values.map(({ chunk }) => object(chunk).bytes);
    return bodies.every(isJsonObject) ? bedrock(streamed(bodies)) : undefined;
  },
};

function bedrock(recognised: Recognised | undefined): Recognised | undefined {
  return recognised && { ...recognised, modelProvider: BEDROCK };
}

function whole(body: JsonObject): Recognised | undefined {
  return anthropic.result(body) ?? bedrockConverse.result(body) ?? vectors(body) ?? completion([body]);
}

function streamed(bodies: readonly JsonObject[]): Recognised | undefined {
  const known = anthropic.chunks?.(bodies.map(withoutMetrics)) ?? bedrockConverse.chunks?.(bodies.map(withoutMetrics));
  const recognised = known ?? completion(bodies);
  const counted = object(bodies.at(-1)?.[METRICS]);
  if (recognised === undefined || counted.inputTokenCount === undefined) return recognised;
  const { cacheReadInputTokenCount: read, cacheWriteInputTokenCount: written } = counted;
  const { metrics } = described({
    messages: [],
    provider: BEDROCK,
    usage: {
      input_tokens: added(counted.inputTokenCount, read, written),
      output_tokens: counted.outputTokenCount,
      cache_read_input_tokens: read,
      cache_write_input_tokens: written,
    },
  });
  return { ...recognised, metrics: { ...recognised.metrics, ...metrics } };
}

/** What Bedrock adds to the last chunk of every model. */
const METRICS = "amazon-bedrock-invocationMetrics";

function withoutMetrics({ [METRICS]: _, ...body }: JsonObject): JsonObject {
  return body;
}

/** Titan and Cohere embeddings. */
function vectors(body: JsonObject): Recognised | undefined {
  const { embedding, inputTextTokenCount } = body;
  if (!isJsonArray(embedding) || typeof inputTextTokenCount !== "number") return cohereEmbeddings.result(body);
  return embedded([embedding], { usage: { input_tokens: inputTextTokenCount } });
}

/** A piece of an answer as models that complete text give it, one form a maker. */
interface Piece {
  readonly said: Json | undefined;
  readonly finish: Json | undefined;
  readonly input?: Json | undefined;
  readonly output?: Json | undefined;
}

function completion(bodies: readonly JsonObject[]): Recognised | undefined {
  const chat = openaiForm(bodies);
  if (chat !== undefined) return chat;
  const pieces = bodies.map(pieceOf).filter((piece) => piece !== undefined);
  if (pieces.length !== bodies.length) return undefined;
  const last = <Key extends keyof Piece>(key: Key) =>
    pieces.map((piece) => piece[key]).findLast((each) => each != null);
  return described({
    messages: [{ role: "assistant", content: pieces.map((piece) => text(piece.said) ?? "").join("") }],
    provider: BEDROCK,
    usage: { input_tokens: last("input"), output_tokens: last("output") },
    finishReasons: [last("finish")],
  });
}

function pieceOf(body: JsonObject): Piece | undefined {
  const first = (list: Json | undefined) => objects(list)[0];
  // Titan, whole and streamed
  const titan = body.inputTextTokenCount === undefined ? undefined : first(body.results);
  if (titan !== undefined) {
    return {
      said: titan.outputText,
      finish: titan.completionReason,
      input: body.inputTextTokenCount,
      output: titan.tokenCount,
    };
  }
  if (typeof body.outputText === "string") {
    const { totalOutputTextTokenCount: output, inputTextTokenCount: input } = body;
    return { said: body.outputText, finish: body.completionReason, input, output };
  }
  // Llama
  if (typeof body.generation === "string") {
    const { prompt_token_count: input, generation_token_count: output } = body;
    return { said: body.generation, finish: body.stop_reason, input, output };
  }
  // Mistral; Cohere's Command; DeepSeek
  const said = first(body.outputs) ?? first(body.generations) ?? first(body.choices);
  return typeof said?.text === "string"
    ? { said: said.text, finish: said.stop_reason ?? said.finish_reason }
    : undefined;
}

/** Jamba, newer Mistral and OpenAI's open models answer as OpenAI's chat does. */
function openaiForm(bodies: readonly JsonObject[]): Recognised | undefined {
  const choices = bodies.flatMap((body) => objects(body.choices));
  const isWhole = choices.every(({ message }) => isJsonObject(message));
  if (choices.length === 0 || !(isWhole || choices.every(({ delta }) => isJsonObject(delta)))) return undefined;
  const answers = isWhole ? choices : openaiDeltas(choices);
  return described({
    messages: answers.flatMap(({ message }) => messageObject(object(message), "")),
    provider: BEDROCK,
    usage: openaiUsage(object(bodies.findLast((body) => isJsonObject(body.usage))?.usage)),
    finishReasons: answers.map((choice) => choice.finish_reason ?? choice.stop_reason),
  });
}
