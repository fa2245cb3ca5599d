/** The SDK in a browser: the same surface, no spans. */

import type { llmobs as Tracing } from "../llmobs.js";
import { createCounters } from "../report.js";
import { isSpanKind, SPAN_KINDS, type SpanKind } from "../span/kinds.js";
import { noSpan, type PublicSpan } from "../span/public-span.js";

export type { CaptureMode, EnableOptions } from "../configuration/settings.js";
export type { ExportedSpan, SpanOptions } from "../llmobs.js";
export type { Counters } from "../report.js";
export type { AnnotateOptions, Prompt, ToolDefinition } from "../span/annotation.js";
export type { SpanKind } from "../span/kinds.js";
export type { PublicSpan as Span } from "../span/public-span.js";

type Callback<Result> = (span: PublicSpan) => Result;

function shortcut(kind: SpanKind) {
  return <Result>(first: object | Callback<Result>, second?: Callback<Result>): Result => {
    const callback = typeof first === "function" ? first : second;
    if (callback === undefined) throw new TypeError(`llmobs.${kind}: a function is needed`);
    return callback(noSpan({ kind }));
  };
}

export const llmobs: typeof Tracing = {
  enabled: false,
  enable: () => undefined,
  disable: () => undefined,
  flush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
  stats: createCounters,
  trace(options, callback) {
    if (!isSpanKind(options?.kind)) {
      throw new TypeError(`llmobs.trace: kind must be one of ${SPAN_KINDS.join(", ")}`);
    }
    return callback(noSpan(options));
  },
  workflow: shortcut("workflow"),
  agent: shortcut("agent"),
  llm: shortcut("llm"),
  tool: shortcut("tool"),
  task: shortcut("task"),
  embedding: shortcut("embedding"),
  retrieval: shortcut("retrieval"),
  annotate: () => undefined,
  exportSpan: () => undefined,
};
