import type { Context } from "../context/context.js";
import type { SpanKind } from "../span/kinds.js";
import { noSpan, type PublicSpan } from "../span/public-span.js";
import type { Span } from "../span/span.js";
import { state } from "../state.js";
import { beginSpan, ownSpan } from "./begin-span.js";
import { checkKind, type StartSpanOptions } from "./span-options.js";

export function startSpan<Kind extends SpanKind>(options: StartSpanOptions<Kind>): PublicSpan<Kind> {
  checkKind("startSpan", options);
  return beginSpan(options, options.kind, ownSpan(options.parent)) ?? noSpan(options);
}

export function activate<Result>(span: PublicSpan, callback: () => Result): Result {
  const own = ownSpan(span);
  return own === undefined ? callback() : state.storage.run(contextOf(own), callback);
}

/** What `annotationContext` said where the span began, and what it says here, hold for the spans below it. */
function contextOf(span: Span): Context {
  const here = state.storage.getStore()?.annotations;
  if (here === undefined || here === span.annotations) return span;
  return { activeSpan: span, parentSpan: span, annotations: [...(span.annotations ?? []), ...here] };
}
