/** Span kinds, as Datadog's LLM Observability names them: https://docs.datadoghq.com/llm_observability/terms/ */
export const KINDS = ["workflow", "agent", "llm", "tool", "task", "embedding", "retrieval"] as const;

export type Kind = (typeof KINDS)[number];

/** What may follow `@llmobs`. */
export const WORDS: readonly string[] = [...KINDS, "ignore", "ignore-file"];

export function isKind(word: string): word is Kind {
  return KINDS.some((kind) => kind === word);
}

/** Kinds that carry a model name and provider. */
export function hasModel(kind: Kind): boolean {
  return kind === "llm" || kind === "embedding";
}
