import type { JsonObject } from "../json.js";

/** A message of a chat template, or the place where others are put in. */
export type PromptMessage =
  | { readonly role: string; readonly content: string }
  | { readonly type: "placeholder"; readonly name: string };

/** A prompt template with what was put into it: https://docs.datadoghq.com/llm_observability/instrumentation/sdk/#prompt-tracking */
export interface Prompt {
  /** Unique in the application. Default: `<mlApp>_unnamed-prompt`. */
  readonly id?: string | undefined;
  /** Without one Datadog makes it from the template. */
  readonly version?: string | undefined;
  /** Text with `{{variable}}`s, or the messages of a chat template. */
  readonly template?: string | readonly PromptMessage[] | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Names of the variables that hold retrieved context. Default `["context"]`. */
  readonly contextVariables?: readonly string[] | undefined;
  /** Names of the variables that hold the user's question. Default `["question"]`. */
  readonly queryVariables?: readonly string[] | undefined;
  /** Datadog's own id of a prompt it manages. */
  readonly promptUuid?: string | undefined;
  /** Datadog's own id of a version of such a prompt. */
  readonly promptVersionUuid?: string | undefined;
}

/** What only holds for the prompt it was said with. */
const OF_THE_IDENTITY = ["id", "contextVariables", "queryVariables", "promptUuid", "promptVersionUuid"];

/**
 * Adds to what was said before, field by field. An id, version or template of its
 * own makes it another prompt, which takes nothing over that says which one it is
 * (as dd-trace 6.21).
 */
export function mergePrompts(before: JsonObject | undefined, said: JsonObject): JsonObject {
  const isAnother = ["id", "version", "template"].some((key) => said[key] !== undefined && said[key] !== null);
  const kept = Object.entries(before ?? {}).filter(([key]) => !isAnother || !OF_THE_IDENTITY.includes(key));
  return { ...Object.fromEntries(kept), ...said };
}
