/** The SDK in a browser: the same surface, no spans. */

import type { Processor } from "../processor/processed-span.js";
import { createCounters } from "../report.js";
import type { SpanDecorator } from "../sdk/decorate.js";
import { checkKind, type KindOptions } from "../sdk/span-options.js";
import type { LLMObs } from "../sdk/surface.js";
import type { Shortcut, SpanCallback } from "../sdk/trace.js";
import type { SpanKind } from "../span/kinds.js";
import { noSpan } from "../span/public-span.js";

export { ValidationError } from "../evaluation/validation-error.js";
/** Processors never run here. */
export function redact(..._rules: readonly (string | RegExp)[]): Processor {
  return (span) => span;
}

export type * from "../types.js";

const ignore = (): undefined => undefined;

function shortcut<Kind extends SpanKind>(kind: Kind): Shortcut<Kind> {
  return <Result>(
    first: KindOptions<Kind> | SpanCallback<Kind, Result>,
    second?: SpanCallback<Kind, Result>,
  ): Result => {
    const callback = typeof first === "function" ? first : second;
    if (typeof callback !== "function") throw new TypeError(`llmobs.${kind}: a function is needed`);
    return callback(noSpan(typeof first === "function" ? { kind } : { ...first, kind }), ignore);
  };
}

/** Leaves what it decorates as it is. */
const undecorated: SpanDecorator = ignore;

export const llmobs: LLMObs = {
  enabled: false,
  enable: ignore,
  disable: ignore,
  flush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
  stats: createCounters,
  trace(options, callback) {
    checkKind("trace", options);
    return callback(noSpan(options), ignore);
  },
  workflow: shortcut("workflow"),
  agent: shortcut("agent"),
  llm: shortcut("llm"),
  tool: shortcut("tool"),
  task: shortcut("task"),
  embedding: shortcut("embedding"),
  retrieval: shortcut("retrieval"),
  wrap(options, fn) {
    checkKind("wrap", options);
    return fn;
  },
  decorate(options) {
    checkKind("decorate", options);
    return undecorated;
  },
  startSpan(options) {
    checkKind("startSpan", options);
    return noSpan(options);
  },
  activate: (_span, callback) => callback(),
  annotate: ignore,
  annotationContext: (_options, callback) => callback(),
  exportSpan: ignore,
  submitEvaluation: ignore,
  submitFeedback: ignore,
  registerProcessor: ignore,
  deregisterProcessor: ignore,
  injectHeaders: (carrier) => carrier,
  extractHeaders: (_carrier, callback) => callback(),
};
