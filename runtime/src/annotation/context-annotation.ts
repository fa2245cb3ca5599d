import type { Agent } from "./agent.js";
import type { Prompt } from "./prompt.js";

/** What `annotationContext` says of every span that begins inside it. */
export interface ContextAnnotation {
  /** Of every span, whatever name it was given. */
  readonly name?: string | undefined;
  readonly tags?: Readonly<Record<string, unknown>> | undefined;
  /** Keys of tags to break costs down by; a span that lacks the tag when it begins is left alone. */
  readonly costTags?: readonly string[] | undefined;
  /** Of the llm spans. */
  readonly prompt?: Prompt | undefined;
  /** Of the agent spans. */
  readonly agent?: Agent | undefined;
}
