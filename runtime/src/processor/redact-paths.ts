import { REDACTED } from "../capture/sensitive-keys.js";
import type { Json } from "../json.js";

/** A path into a value, split at its dots: `*` is one level, `**` any depth. */
export type RedactPath = readonly string[];

/** A copy in which everything the paths lead to is `"[redacted]"`; the same value when nothing is. */
export function redactPaths(value: Json, paths: readonly RedactPath[]): Json {
  if (paths.some((path) => path.every((part) => part === "**"))) return REDACTED;
  if (typeof value !== "object" || value === null || paths.length === 0) return value;
  if (Array.isArray(value)) return value.map((item, index) => redactChild(item, String(index), paths));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactChild(item, key, paths)]));
}

function redactChild(value: Json, key: string, paths: readonly RedactPath[]): Json {
  const deeper = paths.flatMap((path) => descend(path, key));
  return deeper.some((path) => path.length === 0) ? REDACTED : redactPaths(value, deeper);
}

/** What is left of a path behind one step into `key`. */
function descend(path: RedactPath, key: string): readonly RedactPath[] {
  const [first, ...rest] = path;
  if (first === undefined) return [];
  if (first === "**") return [path, ...descend(rest, key)];
  return first === "*" || first === key ? [rest] : [];
}
