/**
 * The parser is native code and recurses: too deep a nesting overflows its stack, which ends the process and can't be
 * caught (https://github.com/oxc-project/oxc/issues/24375). In a thread with a stack of 4 MiB it was seen to read 1,600
 * nested functions, 2,000 templates or types, 2,900 parentheses, 3,200 `else if`s or 3,800 arrows, and no more.
 */
const LIMIT = 2000;
/** Braces and angle brackets take more of the stack than anything else. */
const HEAVY = 2;

/** A statement may end without a semicolon, but not between these and a line end, or a line end and those. */
const GOES_ON_BEHIND = "=?:+-*&|^%<>";
const GOES_ON_BEFORE = "=?:+-*&|^%<>.)]}";

/**
 * Where a text is nested more deeply than the parser may be asked to read; undefined when nowhere. Strings and
 * comments are counted like code: brackets in them mostly match.
 */
export function tooDeepAt(source: string): number | undefined {
  /** For each open bracket `base` and `depth` before it. */
  const outer: number[] = [];
  /** The depth of the statement or list item: what is deeper in it needs no bracket. */
  let base = 0;
  let depth = 0;
  let previous = "";
  let isNewLine = false;
  for (let at = 0; at < source.length; at++) {
    const unit = source.charAt(at);
    if (unit === "\n") isNewLine = true;
    if (unit <= " ") continue;
    const isElse = unit === "e" && previous === "}" && source.startsWith("else", at);
    if (isNewLine && !isElse && !GOES_ON_BEHIND.includes(previous) && !GOES_ON_BEFORE.includes(unit)) depth = base;
    isNewLine = false;
    switch (unit) {
      case "(":
      case "[":
      case "{":
        outer.push(base, depth);
        depth += unit === "{" ? HEAVY : 1;
        base = depth;
        break;
      case ")":
      case "]":
      case "}":
        depth = outer.pop() ?? 0;
        base = outer.pop() ?? 0;
        break;
      case ";":
      case ",":
        depth = base;
        break;
      // The rest of an expression or a type may stand inside of what these begin.
      case "=":
      case "?":
      case "!":
      case "~":
        depth++;
        break;
      case "e":
        if (isElse) depth++;
        break;
      case "<":
        depth += HEAVY;
        break;
      case ">":
        if (previous !== "=") depth = Math.max(base, depth - HEAVY);
        break;
    }
    if (depth > LIMIT) return at;
    previous = unit;
  }
  return undefined;
}
