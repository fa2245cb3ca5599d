import type { SpanKind } from "../span/kinds.js";

/** One message, document or value of a span's input or output. */
export interface ProcessedItem {
  /** Of a message; empty for documents and values. */
  role?: string;
  /** The text; of a value that is no text its JSON. A message may have tool calls alone. */
  content?: string;
  /** What else the wire has: `tool_calls`, `tool_results` …, or a document's `name`, `id` and `score`. */
  [field: string]: unknown;
}

/** A finished span as a processor sees it: copies, all of them open to change. */
export interface ProcessedSpan {
  readonly kind: SpanKind;
  name: string;
  /** Empty when nothing was captured. */
  input: ProcessedItem[];
  output: ProcessedItem[];
  metadata: Record<string, unknown>;
  /** Of an llm span, in the form it was annotated in. */
  prompt?: Record<string, unknown> | undefined;
  /** Of a span that failed. */
  error?: { message: string; type: string; stack: string } | undefined;
  /** The text of a tag, several values joined by commas; undefined when the span has no such tag. */
  getTag(key: string): string | undefined;
}

/**
 * Looks at every span before it is sent or written. What it gives back is what is
 * sent, null drops the span. One that throws, or gives back anything else, costs
 * the span its content.
 */
export type Processor = (span: ProcessedSpan) => ProcessedSpan | null | PromiseLike<ProcessedSpan | null>;
