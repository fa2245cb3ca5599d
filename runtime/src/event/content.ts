import type { Settings } from "../configuration/settings.js";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { hasShape, type Readers, readersNow } from "../recognise/loading.js";
import type { Recognised } from "../recognise/recogniser.js";
import type { Reporter } from "../report.js";
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
const NOTHING: Recognised = {};

/** Nothing was captured. */
const NO_CONTENT: Content = { input: NONE, output: NONE, recognised: NOTHING };

/** What is recorded of input and output. Never throws. */
export function readContent(span: Span, settings: Settings, reporter: Reporter): Content {
  return span.content ?? visibleContent(span, settings, safeContent(span, reporter));
}

/** What of the content may be recorded: outside of full capture what was read of it alone, such as tokens. */
function visibleContent(span: Span, settings: Settings, content: Content): Content {
  const { input, output, recognised } = content;
  const none = NONE;
  if (settings.capture === "full") {
    if (!span.hidesInput && !span.hidesOutput) return content;
    return { input: span.hidesInput ? none : input, output: span.hidesOutput ? none : output, recognised };
  }
  // Of the parameters those that can't quote anybody.
  const metadata = Object.entries(recognised.metadata ?? {}).filter(([, value]) => typeof value !== "object");
  return { input: none, output: none, recognised: { ...recognised, metadata: Object.fromEntries(metadata) } };
}

function safeContent(span: Span, reporter: Reporter): Content {
  try {
    return spanContent(span);
  } catch (error) {
    reporter.internalError("recognise", error);
    return NO_CONTENT;
  }
}

/** An explicit annotation wins over what was captured by itself. */
function spanContent(span: Span): Content {
  const readers = hasShape(span.kind) ? readersNow() : undefined;
  const input = span.annotation?.input;
  const output = span.annotation?.output;
  const recognised = readers === undefined ? NOTHING : recognise(span, readers);
  return {
    input: input === undefined ? automaticInput(span, recognised) : explicitInput(span, input, readers),
    output: output === undefined ? automaticOutput(span, recognised, readers) : explicitOutput(span, output, readers),
    recognised,
  };
}

function recognise({ kind, input, output, streamed, annotation }: Span, readers: typeof Readers): Recognised {
  if (kind !== "llm" && kind !== "embedding") return NOTHING;
  const said = annotation?.output ?? output;
  const request = readers.recogniseArguments(input, kind);
  const result =
    said === undefined
      ? undefined
      : streamed && isJsonArray(said)
        ? readers.recogniseChunks(said)
        : readers.recogniseResult(said);
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

function explicitInput({ kind }: Span, input: Json, readers: typeof Readers | undefined): Side {
  if (kind === "llm") return messages(readers?.readMessages(input) ?? asMessage(input));
  if (kind === "embedding") return documents(readers?.readDocuments(input) ?? asDocument(input));
  return { type: "value", value: input };
}

function automaticOutput(span: Span, recognised: Recognised, readers: typeof Readers | undefined): Side {
  if (span.kind === "llm" && recognised.outputMessages) return messages(recognised.outputMessages);
  if (span.kind === "embedding" && recognised.outputText !== undefined) {
    return { type: "value", value: recognised.outputText };
  }
  const output = span.streamed ? joined(span.output) : span.output;
  return output === undefined ? NONE : outputOf(span, output, readers);
}

function explicitOutput(span: Span, output: Json, readers: typeof Readers | undefined): Side {
  if (span.kind !== "llm") return outputOf(span, output, readers);
  const read = readers?.recogniseResult(output)?.outputMessages ?? readers?.readMessages(output);
  return messages(read ?? asMessage(output));
}

function outputOf({ kind }: Span, output: Json, readers: typeof Readers | undefined): Side {
  if (kind === "llm") return messages(llmOutput(output, readers) ?? asMessage(output));
  if (kind !== "retrieval") return { type: "value", value: output };
  return documents(readers?.readDocuments(output) ?? asDocument(output));
}

function llmOutput(output: Json, readers: typeof Readers | undefined): readonly JsonObject[] | undefined {
  const isMessage = readers?.isConversation(output) || readers?.isConversation([output]);
  return isMessage ? readers?.readMessages(output) : undefined;
}

function messages(list: readonly JsonObject[]): Side {
  return { type: "messages", list };
}

function documents(list: readonly JsonObject[]): Side {
  return { type: "documents", list };
}

/** What nothing knows goes in as one message or document whose text is the value. */
function asMessage(value: Json): readonly JsonObject[] {
  return [{ role: "", content: valueText(value) }];
}

function asDocument(value: Json): readonly JsonObject[] {
  return [{ text: valueText(value) }];
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
