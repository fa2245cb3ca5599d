import { isFields } from "./fields.js";

/** The texts of a span that a search looks into, each as it was. */
export type SearchText = readonly string[];

const MOST_CHARACTERS = 200_000;
const DEEPEST = 64;
/** Ids and what stands in columns of its own: nobody looks for them as words. */
const LEFT_OUT = new Set([
  "_dd",
  "trace_id",
  "parent_id",
  "start_ns",
  "duration",
  "status",
  "metrics",
  "agent_attribution",
]);

export function searchText(event: unknown): SearchText {
  const texts: string[] = [];
  let left = MOST_CHARACTERS;
  const visit = (value: unknown, depth: number): void => {
    if (left <= 0 || depth > DEEPEST) return;
    if (typeof value === "string") {
      texts.push(value.length > left ? value.slice(0, left) : value);
      left -= value.length;
    } else if (Array.isArray(value)) {
      for (const each of value) visit(each, depth + 1);
    } else if (isFields(value)) {
      for (const [key, each] of Object.entries(value)) if (!LEFT_OUT.has(key)) visit(each, depth + 1);
    }
  };
  visit(event, 0);
  return texts;
}
