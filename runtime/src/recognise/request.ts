import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { composed } from "./composed.js";
import { object, objects, parsed, text } from "./fields.js";
import { isConversation, readMessages } from "./message.js";
import { isModelObject, requestedModel, requestedProvider } from "./model.js";
import { functionParameters, isRequestKey, requestParameters } from "./parameters.js";
import { contentText, readParts } from "./part.js";
import type { Recognised } from "./recogniser.js";
import { readToolDefinitions } from "./tool-definitions.js";

/**
 * Reads the arguments of a model call: those of a tagged function by parameter, those of a tagged call in a list, or
 * a request object of a provider's API, alone or among them. Conversation, system
 * prompt, texts to embed, model, parameters, tools.
 */
export function recogniseArguments(input: Json | undefined, kind: "llm" | "embedding"): Recognised {
  if (input === undefined) return {};
  const values = argumentsIn(input);
  const request = requestAmong(input, values);
  const from = request ?? object(input);
  const said = kind === "embedding" ? textsToEmbed(request, values) : conversation(request, values);
  const modelName = requestedModel(from) ?? requestedModel(object(input));
  const modelProvider = requestedProvider(from);
  const toolDefinitions = readToolDefinitions(toolsOf(from));
  return {
    ...said,
    ...(modelName === undefined ? {} : { modelName }),
    ...(modelProvider === undefined ? {} : { modelProvider }),
    metadata: request === undefined ? functionParameters(from) : requestParameters(request),
    ...(toolDefinitions === undefined ? {} : { toolDefinitions }),
  };
}

/** A list may be what a call was given, or itself the one thing that it was given. */
function argumentsIn(input: Json): readonly Json[] {
  if (!isJsonArray(input)) return Object.values(object(input));
  return isConversation(input) || embeddingTexts(input) !== undefined ? [input] : input;
}

function requestAmong(input: Json, values: readonly Json[]): JsonObject | undefined {
  const whole = requestIn(input);
  if (whole !== undefined && isAll(whole)) return whole;
  return values.map(requestIn).find((request) => request !== undefined);
}

/** Whether nothing is lost by taking all arguments for one request: a function's parameters may have such names too. */
function isAll(request: JsonObject): boolean {
  if (isModelObject(request.model) || typeof contentOf(request) !== "string") return true;
  return typeof request.prompt !== "string" && Object.keys(request).every((key) => isRequestKey(key));
}

/** The request that a value is or, as a command of the AWS SDK, holds; a body that is JSON text is part of it. */
function requestIn(value: Json): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const held = isJsonObject(value.input) && typeof value.input.modelId === "string" ? value.input : value;
  const request = typeof held.body === "string" ? { ...held, ...object(parsed(held.body)) } : held;
  if (isConversation(request.messages)) return request;
  return requestedModel(request) !== undefined && contentOf(request) !== undefined ? request : undefined;
}

/** What is said to the model: chat APIs; OpenAI responses and embeddings; Google; AI SDK, Ollama; Cohere, Mistral; Titan. */
function contentOf(request: JsonObject): Json | undefined {
  const { messages, input, contents, prompt, value, values, texts, inputs, inputText } = request;
  return messages ?? input ?? contents ?? prompt ?? value ?? values ?? texts ?? inputs ?? inputText;
}

/** Tools: most APIs; Bedrock; Google; OpenAI before there were other tools than functions. */
function toolsOf(request: JsonObject): Json | undefined {
  return request.tools ?? object(request.toolConfig).tools ?? object(request.config).tools ?? request.functions;
}

function conversation(request: JsonObject | undefined, values: readonly Json[]): Recognised {
  const messages = request === undefined ? plainConversation(values) : requestMessages(request);
  return messages === undefined ? {} : { inputMessages: messages };
}

function plainConversation(values: readonly Json[]): readonly JsonObject[] | undefined {
  const found = values.find(isConversation);
  return found === undefined ? undefined : readMessages(found);
}

function requestMessages(request: JsonObject): readonly JsonObject[] | undefined {
  const content = contentOf(request);
  const said = content === undefined ? undefined : messagesOf(content);
  return said && [...systemMessages(request), ...said];
}

/** Text is what the user says; a list may mix texts, messages and Google's parts of one message. */
function messagesOf(content: Json): readonly JsonObject[] | undefined {
  if (!isJsonArray(content)) return messagesOf([content]);
  if (content.length > 0 && content.every(isPiece)) return composed("user", readParts(content));
  return readMessages(content.map((item) => (typeof item === "string" ? { role: "user", content: item } : item)));
}

function isPiece(item: Json): boolean {
  if (typeof item === "string") return true;
  return (
    isJsonObject(item) && item.role === undefined && (typeof item.text === "string" || item.inlineData !== undefined)
  );
}

/** Anthropic, Bedrock, AI SDK; OpenAI responses, AI SDK 7; Google. */
function systemMessages(request: JsonObject): readonly JsonObject[] {
  const { system, instructions, systemInstruction, config } = request;
  const prompt = system ?? instructions ?? systemInstruction ?? object(config).systemInstruction ?? null;
  if (prompt === null) return [];
  if (isConversation(prompt)) return readMessages(prompt) ?? [];
  const { content, parts } = object(prompt);
  return [{ role: "system", content: contentText(parts ?? content ?? prompt) ?? "" }];
}

function textsToEmbed(request: JsonObject | undefined, values: readonly Json[]): Recognised {
  const texts = request === undefined ? onlyTexts(values) : embeddingTexts(contentOf(request));
  return texts === undefined ? {} : { inputDocuments: texts.map((each) => ({ text: each })) };
}

function onlyTexts(values: readonly Json[]): readonly string[] | undefined {
  const [first, ...more] = values.map(embeddingTexts).filter((texts) => texts !== undefined);
  return more.length === 0 ? first : undefined;
}

/** One text or several; Google's and Cohere's come as contents of parts. Undefined when some item has no text. */
function embeddingTexts(value: Json | undefined): readonly string[] | undefined {
  const items = isJsonArray(value) ? value : value === undefined ? [] : [value];
  const texts = items.map(embeddingText).filter((each) => each !== undefined);
  return texts.length === 0 || texts.length !== items.length ? undefined : texts;
}

function embeddingText(item: Json): string | undefined {
  if (typeof item === "string") return item;
  const { text: own, parts, content } = object(item);
  const pieces = objects(parts ?? content).map((piece) => text(piece.text));
  return text(own) ?? (pieces.length > 0 && !pieces.includes(undefined) ? pieces.join("\n") : undefined);
}
