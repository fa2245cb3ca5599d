import type { SpanKind } from "../span/kinds.js";
import type { Agent } from "./agent.js";
import type { InputOf, OutputOf } from "./content-shapes.js";
import type { Prompt } from "./prompt.js";
import type { ToolDefinition } from "./tool-definition.js";

type PromptOf = { readonly [Kind in SpanKind]: Kind extends "llm" ? Prompt : undefined };
type AgentOf = { readonly [Kind in SpanKind]: Kind extends "agent" ? Agent : undefined };

/**
 * What `annotate` adds to a span. Input, output and tool definitions replace;
 * metadata, metrics and tags merge by key; cost tags add up; a prompt and an agent
 * merge by field.
 */
export interface AnnotateOptions<Kind extends SpanKind = SpanKind> {
  /** Messages for llm, documents for embedding, anything for the other kinds. */
  readonly inputData?: InputOf[Kind] | undefined;
  /** Messages for llm, documents for retrieval, anything for the other kinds. */
  readonly outputData?: OutputOf[Kind] | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Numbers: token counts (`inputTokens` includes cached ones), costs in USD, times in
   * seconds. Names are the wire's (`input_tokens`) or the official SDK's (`inputTokens`).
   */
  readonly metrics?: Readonly<Record<string, number | undefined>> | undefined;
  /** An array gives one tag a value. */
  readonly tags?: Readonly<Record<string, unknown>> | undefined;
  /** Keys of tags to break costs down by; each must be a tag of the span already, or of the same call. */
  readonly costTags?: readonly string[] | undefined;
  /** Of an llm span. */
  readonly prompt?: PromptOf[Kind] | undefined;
  readonly toolDefinitions?: readonly ToolDefinition[] | undefined;
  /** Of an agent span. */
  readonly agent?: AgentOf[Kind] | undefined;
}

/** The same from code that nobody has checked, such as the expressions of a tag. */
export type UncheckedAnnotateOptions = Readonly<Partial<Record<keyof AnnotateOptions, unknown>>>;
