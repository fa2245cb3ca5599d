import type { SpanKind } from "../span/kinds.js";
import type { ParentSpan } from "../span/parent-span.js";
import type { PublicSpan } from "../span/public-span.js";
import type { Span } from "../span/span.js";
import { startSpan } from "../start-span.js";
import { state } from "../state.js";
import { type SpanOptions, spanStart } from "./span-options.js";

/** A span of ours whose kind is known to the compiler. */
export type SpanOf<Kind extends SpanKind> = Span & PublicSpan<Kind>;

/** Begins a span as options say. Undefined with tracing off. Never throws. */
export function beginSpan<Kind extends SpanKind>(
  options: SpanOptions<Kind>,
  defaultName: string,
  parent?: ParentSpan,
): SpanOf<Kind> | undefined {
  const runtime = state.active;
  if (runtime === null) return undefined;
  const span = startSpan(runtime, spanStart(options, defaultName), undefined, parent);
  return span !== undefined && isOf(options.kind, span) ? span : undefined;
}

function isOf<Kind extends SpanKind>(kind: Kind, span: Span): span is SpanOf<Kind> {
  return span.kind === kind;
}

/** The span behind what a program holds, whichever copy of this package made it; undefined for one of a time without tracing. */
export function ownSpan(span: PublicSpan | undefined): Span | undefined {
  return isOwn(span) ? span : undefined;
}

function isOwn(span: PublicSpan | undefined): span is Span {
  return typeof span === "object" && span !== null && "activeSpan" in span && span.activeSpan === span;
}
