import { prepareReaders } from "./recognise/loading.js";
import type { Site } from "./site.js";
import { Span, type SpanStart } from "./span/span.js";
import { type ActiveRuntime, state } from "./state.js";

/** Begins a span below the active one. Undefined when that failed, which is counted. Never throws. */
export function startSpan(runtime: ActiveRuntime, start: SpanStart, site?: Site): Span | undefined {
  try {
    prepareReaders(start.kind);
    return new Span(runtime, start, state.storage.getStore(), site);
  } catch (error) {
    runtime.reporter.internalError("start", error);
    return undefined;
  }
}
