import { ANNOTATION_LIMITS, Annotation } from "../annotation/annotation.js";
import { Snapshot } from "../capture/snapshot.js";
import { type Content, readContent, type Side } from "../event/content.js";
import { tagText } from "../event/tags.js";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { framesOnly } from "../span/error.js";
import type { SpanKind } from "../span/kinds.js";
import type { Span } from "../span/span.js";
import type { ActiveRuntime } from "../state.js";
import type { ProcessedItem, ProcessedSpan } from "./processed-span.js";

/** A finished span between its processors and its event. */
export class View {
  readonly #span: Span;
  readonly #runtime: ActiveRuntime;
  readonly #content: Content;

  constructor(span: Span, runtime: ActiveRuntime) {
    this.#span = span;
    this.#runtime = runtime;
    this.#content = readContent(span, runtime.settings, runtime.reporter);
  }

  /** What processors get. Without content capture there is no content here either. */
  open(): ProcessedSpan {
    const { kind, name, annotation, error } = this.#span;
    const { input, output, recognised } = this.#content;
    const prompt = kind === "llm" ? annotation?.prompt : undefined;
    return {
      kind,
      name,
      input: items(input),
      output: items(output),
      metadata: structuredClone({ ...recognised.metadata, ...annotation?.metadata }),
      prompt: this.#isFull && prompt !== undefined ? structuredClone(prompt) : undefined,
      error: this.#isFull && error !== undefined ? { ...error } : undefined,
      getTag: (key) => tagText(this.#span, this.#runtime.settings, key),
    };
  }

  /**
   * Makes what processors gave back what is sent.
   * @throws {TypeError} when it is no span
   */
  close({ name, input, output, metadata, prompt, error }: ProcessedSpan): void {
    const span = this.#span;
    const snapshot = new Snapshot(this.#runtime.keys, ANNOTATION_LIMITS);
    const copy = { input: snapshot.take(input), output: snapshot.take(output), metadata: snapshot.take(metadata) };
    const said = snapshot.take(prompt);
    if (!isJsonArray(copy.input) || !isJsonArray(copy.output) || !isJsonObject(copy.metadata)) {
      throw new TypeError("what it gave back is no span");
    }
    const annotation = this.#annotation();
    span.name = typeof name === "string" ? name : span.name;
    span.content = {
      input: changedSide(this.#content.input, copy.input, inputForm(span.kind)),
      output: changedSide(this.#content.output, copy.output, outputForm(span.kind)),
      // It is among the metadata by now.
      recognised: { ...this.#content.recognised, metadata: {} },
    };
    annotation.metadata = { ...copy.metadata };
    if (!this.#isFull) return;
    annotation.prompt = isJsonObject(said) ? said : undefined;
    if (span.error !== undefined) {
      span.error = {
        type: String(error?.type ?? ""),
        message: String(error?.message ?? ""),
        stack: String(error?.stack ?? ""),
      };
    }
  }

  /** Leaves of the span what holds nothing the program was told. */
  empty(note: string): void {
    const span = this.#span;
    const { modelName, modelProvider, metrics } = this.#content.recognised;
    const annotation = this.#annotation();
    span.content = {
      input: { type: "none" },
      output: { type: "none" },
      recognised: {
        ...(modelName === undefined ? {} : { modelName }),
        ...(modelProvider === undefined ? {} : { modelProvider }),
        ...(metrics === undefined ? {} : { metrics }),
      },
    };
    annotation.metadata = {};
    annotation.prompt = undefined;
    annotation.toolDefinitions = undefined;
    annotation.agent = undefined;
    if (span.error !== undefined) span.error = { ...span.error, message: "", stack: framesOnly(span.error.stack) };
    span.notes = [...span.notes, note];
  }

  get #isFull(): boolean {
    return this.#runtime.settings.capture === "full";
  }

  #annotation(): Annotation {
    this.#span.annotation ??= new Annotation();
    return this.#span.annotation;
  }
}

function items(side: Side): ProcessedItem[] {
  switch (side.type) {
    case "none":
      return [];
    case "value":
      return [{ role: "", content: typeof side.value === "string" ? side.value : JSON.stringify(side.value) }];
    case "messages":
      return side.list.map((message) => structuredClone(message));
    case "documents":
      return side.list.map(({ text, ...document }) => ({
        role: "",
        content: String(text),
        ...structuredClone(document),
      }));
  }
}

type Form = "value" | "messages" | "documents";

function inputForm(kind: SpanKind): Form {
  return kind === "llm" ? "messages" : kind === "embedding" ? "documents" : "value";
}

function outputForm(kind: SpanKind): Form {
  return kind === "llm" ? "messages" : kind === "retrieval" ? "documents" : "value";
}

function changedSide(before: Side, given: readonly Json[], form: Form): Side {
  if (JSON.stringify(items(before)) === JSON.stringify(given)) return before;
  const [first] = given;
  if (first === undefined) return { type: "none" };
  switch (before.type === "none" ? form : before.type) {
    case "value":
      return { type: "value", value: (isJsonObject(first) ? first.content : first) ?? "" };
    case "messages":
      return { type: "messages", list: given.map((item) => (isJsonObject(item) ? item : { role: "", content: item })) };
    case "documents":
      return { type: "documents", list: given.map(document) };
  }
}

function document(item: Json): JsonObject {
  if (!isJsonObject(item)) return { text: String(item) };
  const { role, content, ...rest } = item;
  return { text: typeof content === "string" ? content : JSON.stringify(content ?? ""), ...rest };
}
