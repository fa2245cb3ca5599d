/** The names of the SDK's types, the same on every platform. */

export type { Agent, AgentTool, ModelSettings } from "./annotation/agent.js";
export type { Document, MediaPart, Message, MessagePart, ToolCall, ToolResult } from "./annotation/content-shapes.js";
export type { ContextAnnotation } from "./annotation/context-annotation.js";
export type { AnnotateOptions } from "./annotation/options.js";
export type { Prompt, PromptMessage } from "./annotation/prompt.js";
export type { ToolDefinition } from "./annotation/tool-definition.js";
export type { CaptureMode, EnableOptions } from "./configuration/settings.js";
export type { Carrier } from "./distributed/carrier.js";
export type {
  EvaluationOptions,
  EvaluationTarget,
  FeedbackOptions,
  FeedbackTarget,
  MetricOptions,
  MetricValue,
  Submitter,
  TextValue,
} from "./evaluation/metric.js";
export type { ValidationCode } from "./evaluation/validation-error.js";
export type { ProcessedItem, ProcessedSpan, Processor } from "./processor/processed-span.js";
export type { Counters } from "./report.js";
export type { SpanDecorator } from "./sdk/decorate.js";
export type { KindOptions, SpanOptions, StartSpanOptions } from "./sdk/span-options.js";
export type { LLMObs } from "./sdk/surface.js";
export type { Done, Shortcut, SpanCallback } from "./sdk/trace.js";
export type { SpanKind } from "./span/kinds.js";
export type { ExportedSpan, PublicSpan as Span } from "./span/public-span.js";
