const REGEXP_MAY_FOLLOW = /(?:^|[([{,;:=!&|?+\-*%^~<>]|\b(?:return|typeof|in|of|void|delete|instanceof))\s*$/;

/** The offset of the `}` that closes the `{` at `open`, past strings, templates, comments and regular expressions. */
export function findClosingBrace(text: string, open: number): number | undefined {
  let at = open + 1;
  while (at < text.length) {
    const unit = text[at];
    if (unit === "}") return at;
    const end = endOfPart(text, at, open);
    if (end === undefined) return undefined;
    at = end;
  }
  return undefined;
}

/** Behind the token or bracketed part that begins at `at`; undefined when it has no end. */
function endOfPart(text: string, at: number, open: number): number | undefined {
  switch (text[at]) {
    case "{": {
      const close = findClosingBrace(text, at);
      return close === undefined ? undefined : close + 1;
    }
    case '"':
    case "'":
      return endOfString(text, at);
    case "`":
      return endOfTemplate(text, at);
    case "/":
      return endOfSlash(text, at, open);
    default:
      return at + 1;
  }
}

function endOfString(text: string, start: number): number | undefined {
  const match = /(["'])(?:\\[\s\S]|(?!\1)[^\\\n])*\1/y;
  match.lastIndex = start;
  return match.test(text) ? match.lastIndex : undefined;
}

function endOfTemplate(text: string, start: number): number | undefined {
  let at = start + 1;
  while (at < text.length) {
    if (text[at] === "`") return at + 1;
    if (text[at] === "\\") at += 2;
    else if (text.startsWith("${", at)) {
      const close = findClosingBrace(text, at + 1);
      if (close === undefined) return undefined;
      at = close + 1;
    } else at++;
  }
  return undefined;
}

function endOfSlash(text: string, start: number, open: number): number {
  if (text.startsWith("//", start)) {
    const lineEnd = text.indexOf("\n", start);
    return lineEnd < 0 ? text.length : lineEnd;
  }
  if (REGEXP_MAY_FOLLOW.test(text.slice(open, start))) {
    const regexp = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//y;
    regexp.lastIndex = start;
    if (regexp.test(text)) return regexp.lastIndex;
  }
  return start + 1;
}
