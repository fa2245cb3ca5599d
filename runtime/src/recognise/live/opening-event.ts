/** Events that streams begin with before the model has said anything: AI SDK; OpenAI responses; Anthropic; Cohere. */
const OPENING: ReadonlySet<unknown> = new Set([
  "start",
  "start-step",
  "response.created",
  "response.queued",
  "response.in_progress",
  "message_start",
  "ping",
  "message-start",
]);

/** Whether a chunk of a stream comes before the first token. Reads one property of its own data. */
export function isOpeningEvent(chunk: unknown): boolean {
  if (typeof chunk !== "object" || chunk === null) return false;
  try {
    return OPENING.has(Object.getOwnPropertyDescriptor(chunk, "type")?.value);
  } catch {
    // A trap of a proxy threw.
    return false;
  }
}
