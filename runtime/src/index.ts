import { configureFromEnvironment } from "./activation.js";
import { llmobs } from "./llmobs.js";

export type { CaptureMode, EnableOptions } from "./configuration/settings.js";
export type { ExportedSpan, SpanOptions } from "./llmobs.js";
export type { Counters } from "./report.js";
export type { AnnotateOptions, Prompt, ToolDefinition } from "./span/annotation.js";
export type { SpanKind } from "./span/kinds.js";
export type { PublicSpan as Span } from "./span/public-span.js";
export { llmobs };

configureFromEnvironment();
