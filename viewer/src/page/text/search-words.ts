/** The words of a search as one expression for highlighting; quoted ones stay together. Null without words. */
export function searchWords(search: string | undefined): RegExp | null {
  const words = [...(search ?? "").matchAll(/"([^"]+)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "");
  const patterns = words.filter((word) => word !== "").map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return patterns.length === 0 ? null : new RegExp(patterns.join("|"), "giu");
}
