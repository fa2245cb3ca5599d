/** The visible mark where a capture limit cut: `…[truncated 536]` units of text or entries are missing. */
export function truncationMark(missing: number): string {
  return `…[truncated ${missing}]`;
}

/** How much a mark says is missing; 0 for anything else. */
export function missingBy(value: unknown): number {
  const match = typeof value === "string" ? /^…\[truncated (\d+)\]$/.exec(value) : null;
  return match === null ? 0 : Number(match[1]);
}

/** How many units a text has lost to a capture limit; 0 for a whole one. */
export function missingAtEnd(text: string): number {
  return Number(/…\[truncated (\d+)\]$/.exec(text)?.[1] ?? 0);
}

/** At most `limit` UTF-16 units of the text and a mark; never half a surrogate pair. */
export function truncateText(text: string, limit: number): string {
  const kept = cutText(text, limit);
  return kept.length === text.length ? text : kept + truncationMark(text.length - kept.length);
}

/** The same without a mark. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  const end = Math.max(last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit, 0);
  return copiedStart(text, end);
}

/**
 * A copy: the engine's own slice of a text keeps all of it in memory, and here
 * that may be a hundred megabytes for as long as the span waits to be sent.
 */
function copiedStart(text: string, end: number): string {
  const joined = ` ${text.slice(0, end)}`;
  // Reading one unit makes one text of the two parts, with memory of its own.
  joined.charCodeAt(1);
  return joined.slice(1);
}
