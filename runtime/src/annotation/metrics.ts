import type { JsonObject } from "../json.js";
import type { Reporter } from "../report.js";

/** The official SDK's names for metrics, beside the wire's own. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["inputTokens", "input_tokens"],
  ["outputTokens", "output_tokens"],
  ["totalTokens", "total_tokens"],
  ["cacheReadTokens", "cache_read_input_tokens"],
  ["cacheWriteTokens", "cache_write_input_tokens"],
  ["cacheWrite5mTokens", "ephemeral_5m_input_tokens"],
  ["cacheWrite1hTokens", "ephemeral_1h_input_tokens"],
  ["reasoningOutputTokens", "reasoning_output_tokens"],
]);

/** The finite numbers under the wire's names; what is none is left out and said. */
export function metricsOnWire(metrics: JsonObject, reporter: Reporter): Readonly<Record<string, number>> {
  const taken = new Map<string, number>();
  for (const [key, value] of Object.entries(metrics)) {
    // A dot in a metric's name makes the intake drop the whole batch.
    if (typeof value === "number") taken.set((ALIASES.get(key) ?? key).replaceAll(".", "_"), value);
    else reporter.ignore(`annotate:metric:${key}`, `annotate: metric ${key} must be a finite number`);
  }
  return Object.fromEntries(taken);
}
