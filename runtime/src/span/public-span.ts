import type { AnnotateOptions } from "../annotation/options.js";
import type { SpanKind } from "./kinds.js";

/** Where a span can be found again: both ids as the wire has them. */
export interface ExportedSpan {
  readonly spanId: string;
  readonly traceId: string;
}

/** A span as programs see it. No member throws. */
export interface PublicSpan<Kind extends SpanKind = SpanKind> {
  /** Unsigned 64-bit decimal; empty with tracing off. */
  readonly spanId: string;
  /** 32 hex digits, the same for every span of a trace; empty with tracing off. */
  readonly traceId: string;
  readonly kind: Kind;
  readonly name: string;
  /** Adds to the span; see `llmobs.annotate`. */
  annotate(options: AnnotateOptions<Kind>): void;
  /** Ends the span, before its callback does or by hand. A second call does nothing. */
  finish(): void;
  /** Marks the span as failed, with any thrown value. */
  setError(thrown: unknown): void;
  /** Ends the span: `using span = llmobs.startSpan(…)`. */
  [Symbol.dispose](): void;
}

/** What callbacks are given with tracing off. */
export function noSpan<Kind extends SpanKind>({
  kind,
  name,
}: {
  readonly kind: Kind;
  readonly name?: string | undefined;
}): PublicSpan<Kind> {
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
