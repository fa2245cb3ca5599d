import type { AnnotateOptions } from "../annotation/options.js";
import type { SpanKind } from "../span/kinds.js";
import type { ExportedSpan, PublicSpan } from "../span/public-span.js";
import { state } from "../state.js";

export function annotate(options: AnnotateOptions): void;
export function annotate<Kind extends SpanKind>(
  span: PublicSpan<Kind> | undefined,
  options: AnnotateOptions<Kind>,
): void;
export function annotate(first: PublicSpan | AnnotateOptions | undefined, second?: AnnotateOptions): void {
  if (state.active === null) return;
  const explicit = isAnnotatable(first) ? first : undefined;
  const options = second ?? (explicit === undefined ? first : undefined);
  const span = explicit ?? state.storage.getStore()?.activeSpan;
  if (span === undefined) state.reporter.ignore("annotate:none", "annotate: there is no active span here");
  else if (options === undefined || isAnnotatable(options)) {
    state.reporter.ignore("annotate:options", "annotate: options must be an object");
  } else span.annotate(options);
}

export function exportSpan(span?: PublicSpan): ExportedSpan | undefined {
  const found = span ?? state.storage.getStore()?.activeSpan;
  if (found === undefined || found.spanId === "") return undefined;
  return { traceId: found.traceId, spanId: found.spanId };
}

function isAnnotatable(value: unknown): value is PublicSpan {
  return typeof value === "object" && value !== null && "annotate" in value && typeof value.annotate === "function";
}
