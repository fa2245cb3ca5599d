import type { AnnotateOptions } from "./annotation.js";
import type { SpanKind } from "./kinds.js";

/** A span as programs see it. */
export interface PublicSpan {
  /** Unsigned 64-bit decimal; empty with tracing off. */
  readonly spanId: string;
  /** 32 hex digits; empty with tracing off. */
  readonly traceId: string;
  readonly kind: SpanKind;
  readonly name: string;
  /** Adds to the span; see `llmobs.annotate`. */
  annotate(options: AnnotateOptions): void;
  /** Ends the span before its callback does. A second call does nothing. */
  finish(): void;
  /** Marks the span as failed, with any thrown value. */
  setError(thrown: unknown): void;
  [Symbol.dispose](): void;
}

/** What callbacks are given with tracing off. */
export function noSpan({ kind, name }: { readonly kind: SpanKind; readonly name?: string }): PublicSpan {
  return {
    spanId: "",
    traceId: "",
    kind,
    name: name ?? kind,
    annotate: () => undefined,
    finish: () => undefined,
    setError: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
}
