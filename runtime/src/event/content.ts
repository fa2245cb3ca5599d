import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { readDocuments } from "../recognise/document.js";
import { isConversation, readMessages } from "../recognise/message.js";
import type { Recognised } from "../recognise/recogniser.js";
import { recogniseArguments } from "../recognise/request.js";
import { recogniseChunks, recogniseResult } from "../recognise/table.js";
import type { Span } from "../span/span.js";

/** Input and output in the form of the span's kind, with what was read out of them. */
export interface Content {
  readonly input: JsonObject;
  readonly output: JsonObject;
  readonly recognised: Recognised;
}

/** Nothing was captured. */
export const NO_CONTENT: Content = { input: {}, output: {}, recognised: {} };

/** An explicit annotation wins over what was captured by itself. */
export function spanContent(span: Span): Content {
  const input = span.annotation?.input;
  const output = span.annotation?.output;
  const recognised = recognise(span);
  return {
    input: input === undefined ? automaticInput(span, recognised) : explicitInput(span, input),
    output: output === undefined ? automaticOutput(span, recognised) : explicitOutput(span, output),
    recognised,
  };
}

const NOTHING: Recognised = {};

function recognise({ kind, input, output, streamed, annotation }: Span): Recognised {
  if (kind !== "llm" && kind !== "embedding") return NOTHING;
  const said = annotation?.output ?? output;
  const request = recogniseArguments(input, kind);
  const result =
    said === undefined ? undefined : streamed && isJsonArray(said) ? recogniseChunks(said) : recogniseResult(said);
  return { ...request, ...result, metadata: { ...request.metadata, ...result?.metadata } };
}

function automaticInput({ kind, input }: Span, recognised: Recognised): JsonObject {
  if (kind === "llm" && recognised.inputMessages) return { messages: recognised.inputMessages };
  if (kind === "embedding" && recognised.inputDocuments) return { documents: recognised.inputDocuments };
  if (input === undefined) return {};
  const text = onlyText(input) ?? valueText(input);
  if (kind === "llm") return { messages: [{ role: "", content: text }] };
  if (kind === "embedding") return { documents: [{ text }] };
  return { value: valueText(input) };
}

/** A single string parameter stands for itself on a model's input. */
function onlyText(input: Json): string | undefined {
  const values = isJsonObject(input) ? Object.values(input) : [];
  return values.length === 1 && typeof values[0] === "string" ? values[0] : undefined;
}

function explicitInput({ kind }: Span, input: Json): JsonObject {
  if (kind === "llm") return { messages: readMessages(input) ?? [{ role: "", content: valueText(input) }] };
  if (kind === "embedding") return { documents: readDocuments(input) ?? [{ text: valueText(input) }] };
  return { value: valueText(input) };
}

function automaticOutput(span: Span, recognised: Recognised): JsonObject {
  if (span.kind === "llm" && recognised.outputMessages) return { messages: recognised.outputMessages };
  if (span.kind === "embedding" && recognised.outputText !== undefined) return { value: recognised.outputText };
  const output = span.streamed ? joined(span.output) : span.output;
  return output === undefined ? {} : outputOf(span, output);
}

function explicitOutput(span: Span, output: Json): JsonObject {
  const recognised = span.kind === "llm" ? recogniseResult(output) : undefined;
  return recognised?.outputMessages ? { messages: recognised.outputMessages } : outputOf(span, output);
}

function outputOf({ kind }: Span, output: Json): JsonObject {
  if (kind === "llm") return { messages: llmOutput(output) };
  if (kind === "retrieval") {
    const documents = isJsonArray(output) && output.length === 0 ? [] : readDocuments(output);
    return { documents: documents ?? [{ text: valueText(output) }] };
  }
  return { value: valueText(output) };
}

function llmOutput(output: Json): readonly JsonObject[] {
  const isMessage = isConversation(output) || isConversation([output]);
  return (isMessage ? readMessages(output) : undefined) ?? [{ role: "", content: valueText(output) }];
}

/** A stream of texts is one text. */
function joined(chunks: Json | undefined): Json | undefined {
  return isJsonArray(chunks) && chunks.length > 0 && chunks.every((chunk) => typeof chunk === "string")
    ? chunks.join("")
    : chunks;
}

/** The wire's `value` is always text: a string as it is, anything else as compact JSON. */
function valueText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
