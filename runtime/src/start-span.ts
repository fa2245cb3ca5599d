import { prepareReaders } from "./recognise/loading.js";
import type { Site } from "./site.js";
import type { ParentSpan } from "./span/parent-span.js";
import { Span, type SpanStart } from "./span/span.js";
import { type ActiveRuntime, state } from "./state.js";

/** Begins a span, below the active one unless told otherwise. Undefined where none are made, or when that failed, which is counted. Never throws. */
export function startSpan(
  runtime: ActiveRuntime,
  start: SpanStart,
  site?: Site,
  parent?: ParentSpan,
): Span | undefined {
  try {
    prepareReaders(start.kind);
    const context = state.storage.getStore();
    if (context === state.untraced) return undefined;
    return new Span(runtime, start, parent ?? context?.parentSpan, context?.annotations, site);
  } catch (error) {
    runtime.reporter.internalError("start", error);
    return undefined;
  }
}
