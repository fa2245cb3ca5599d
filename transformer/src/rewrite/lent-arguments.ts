import { isFunction, type Path } from "../ast.js";
import { type Language, parseExpression } from "../parse.js";
import type { FoundSite } from "../sites/found-site.js";
import { findOwnArguments } from "../sites/generator-body.js";
import type { InjectedNames } from "./injected-names.js";

/**
 * The attributes of a site as they are printed. Inside of a traced generator, whose
 * body becomes a function of its own, `arguments` has another name there too.
 */
export function lentArguments(
  { path, attributes }: FoundSite,
  all: readonly FoundSite[],
  names: InjectedNames,
  language: Language,
): FoundSite["attributes"] {
  const mentioned = [...attributes.values()].some(
    (value) => value.type === "expression" && value.text.includes("arguments"),
  );
  if (!mentioned || !isLent(path, all)) return attributes;
  return new Map(
    [...attributes].map(([name, value]) => [
      name,
      value.type === "expression" ? { ...value, text: renamed(value.text, names.arguments, language) } : value,
    ]),
  );
}

/** Whether the `arguments` meant at a site are those of a traced generator around it. */
function isLent(site: Path, all: readonly FoundSite[]): boolean {
  for (let path: Path | null = site; path !== null; path = path.parent) {
    const { node } = path;
    if (!isFunction(node) || node.type === "ArrowFunctionExpression") continue;
    return path !== site && all.some((each) => each.node === node && each.type === "function" && each.lendsArguments);
  }
  return false;
}

function renamed(text: string, name: string, language: Language): string {
  const parsed = parseExpression(text, language);
  if ("reason" in parsed) return text;
  // The expression was read in parentheses: its offsets are one further.
  return [...findOwnArguments(parsed.expression)]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (changed, { start, end, isShorthand }) =>
        changed.slice(0, isShorthand ? end - 1 : start - 1) +
        (isShorthand ? `: ${name}` : name) +
        changed.slice(end - 1),
      text,
    );
}
