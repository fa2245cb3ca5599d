import { annotate, exportSpan } from "./sdk/annotate.js";
import { annotationContext } from "./sdk/annotation-context.js";
import { decorate } from "./sdk/decorate.js";
import { disable, enable, flush, shutdown, stats } from "./sdk/lifecycle.js";
import { activate, startSpan } from "./sdk/manual-span.js";
import { deregisterProcessor, registerProcessor } from "./sdk/processors.js";
import { extractHeaders, injectHeaders } from "./sdk/propagate.js";
import { submitEvaluation, submitFeedback } from "./sdk/submit.js";
import type { LLMObs } from "./sdk/surface.js";
import { shortcut, trace } from "./sdk/trace.js";
import { wrap } from "./sdk/wrap.js";
import { state } from "./state.js";

export const llmobs: LLMObs = {
  get enabled() {
    return state.active !== null;
  },
  enable,
  disable,
  flush,
  shutdown,
  stats,
  trace,
  workflow: shortcut("workflow"),
  agent: shortcut("agent"),
  llm: shortcut("llm"),
  tool: shortcut("tool"),
  task: shortcut("task"),
  embedding: shortcut("embedding"),
  retrieval: shortcut("retrieval"),
  wrap,
  decorate,
  startSpan,
  activate,
  annotate,
  annotationContext,
  exportSpan,
  submitEvaluation,
  submitFeedback,
  registerProcessor,
  deregisterProcessor,
  injectHeaders,
  extractHeaders,
};
