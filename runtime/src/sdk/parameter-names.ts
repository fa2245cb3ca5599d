/** What holds text or code that is none of the parameter list's own: comments, strings, simple regular expressions. */
const OPAQUE =
  /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|(?<=[=(,:?|&]\s*)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[])+\//g;

const ONE_BARE_PARAMETER = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u;

/**
 * The parameters of a function by its text, each as written but for its default:
 * `a`, `{ b, c }`, `...rest`. Empty when there are none or the text is not the
 * source's, as of native and bound functions.
 */
export function parameterNames(source: string): readonly string[] {
  if (/\{\s*\[native code\]\s*\}$/.test(source)) return [];
  const text = source.replace(OPAQUE, (part) => (part.startsWith("/*") || part.startsWith("//") ? "" : '""'));
  const bare = ONE_BARE_PARAMETER.exec(text)?.[1];
  if (bare !== undefined) return [bare];
  return splitParameters(text, openingParenthesis(text))
    .map((parameter) => withoutDefault(parameter).trim())
    .filter((name) => name !== "");
}

/** A computed method name may hold parentheses of its own. */
function openingParenthesis(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "[") depth++;
    else if (text[at] === "]") depth--;
    else if (text[at] === "(" && depth === 0) return at;
  }
  return text.length;
}

function splitParameters(text: string, open: number): readonly string[] {
  const parameters: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (")]}".includes(character)) {
      if (depth-- === 0) return [...parameters, text.slice(start, at)];
    } else if ("([{".includes(character)) depth++;
    else if (character === "," && depth === 0) {
      parameters.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [];
}

function withoutDefault(parameter: string): string {
  let depth = 0;
  for (let at = 0; at < parameter.length; at++) {
    const character = parameter.charAt(at);
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "=" && depth === 0) return parameter.slice(0, at);
  }
  return parameter;
}
