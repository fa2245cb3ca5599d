import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { readDocuments } from "../recognise/document.js";
import { isConversation, readMessages } from "../recognise/message.js";
import type { Recognised } from "../recognise/recogniser.js";
import { recogniseArguments } from "../recognise/request.js";
import { recogniseChunks, recogniseResult } from "../recognise/table.js";
import type { Span } from "../span/span.js";

/** One side of a span in the form of its kind. */
export type Side =
  | { readonly type: "none" }
  /** On the wire always text: a string as it is, anything else as compact JSON. */
  | { readonly type: "value"; readonly value: Json }
  | { readonly type: "messages"; readonly list: readonly JsonObject[] }
  | { readonly type: "documents"; readonly list: readonly JsonObject[] };

/** Input and output, with what was read out of them. */
export interface Content {
  readonly input: Side;
  readonly output: Side;
  readonly recognised: Recognised;
}

const NONE: Side = { type: "none" };

/** Nothing was captured. */
export const NO_CONTENT: Content = { input: NONE, output: NONE, recognised: {} };

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

function automaticInput({ kind, input }: Span, recognised: Recognised): Side {
  if (kind === "llm" && recognised.inputMessages) return messages(recognised.inputMessages);
  if (kind === "embedding" && recognised.inputDocuments) return documents(recognised.inputDocuments);
  if (input === undefined) return NONE;
  if (kind === "llm") return messages([{ role: "", content: onlyText(input) ?? valueText(input) }]);
  if (kind === "embedding") return documents([{ text: onlyText(input) ?? valueText(input) }]);
  return { type: "value", value: input };
}

/** A single string parameter stands for itself on a model's input. */
function onlyText(input: Json): string | undefined {
  const values = isJsonObject(input) ? Object.values(input) : [];
  return values.length === 1 && typeof values[0] === "string" ? values[0] : undefined;
}

function explicitInput({ kind }: Span, input: Json): Side {
  if (kind === "llm") return messages(readMessages(input) ?? [{ role: "", content: valueText(input) }]);
  if (kind === "embedding") return documents(readDocuments(input) ?? [{ text: valueText(input) }]);
  return { type: "value", value: input };
}

function automaticOutput(span: Span, recognised: Recognised): Side {
  if (span.kind === "llm" && recognised.outputMessages) return messages(recognised.outputMessages);
  if (span.kind === "embedding" && recognised.outputText !== undefined)
    return { type: "value", value: recognised.outputText };
  const output = span.streamed ? joined(span.output) : span.output;
  return output === undefined ? NONE : outputOf(span, output);
}

function explicitOutput(span: Span, output: Json): Side {
  const recognised = span.kind === "llm" ? recogniseResult(output) : undefined;
  return recognised?.outputMessages ? messages(recognised.outputMessages) : outputOf(span, output);
}

function outputOf({ kind }: Span, output: Json): Side {
  if (kind === "llm") return messages(llmOutput(output));
  if (kind === "retrieval") {
    const found = isJsonArray(output) && output.length === 0 ? [] : readDocuments(output);
    return documents(found ?? [{ text: valueText(output) }]);
  }
  return { type: "value", value: output };
}

function llmOutput(output: Json): readonly JsonObject[] {
  const isMessage = isConversation(output) || isConversation([output]);
  return (isMessage ? readMessages(output) : undefined) ?? [{ role: "", content: valueText(output) }];
}

function messages(list: readonly JsonObject[]): Side {
  return { type: "messages", list };
}

function documents(list: readonly JsonObject[]): Side {
  return { type: "documents", list };
}

/** A stream of texts is one text. */
function joined(chunks: Json | undefined): Json | undefined {
  return isJsonArray(chunks) && chunks.length > 0 && chunks.every((chunk) => typeof chunk === "string")
    ? chunks.join("")
    : chunks;
}

function valueText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
