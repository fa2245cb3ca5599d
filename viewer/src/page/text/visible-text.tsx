import type { ComponentChild } from "preact";

// Joiners make emoji and scripts whole; tabs and line ends are layout.
const hidden = /(?!\n|\r|\t|\u200c|\u200d)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * Text of strangers: whatever would not be seen, or would turn the reading direction of what follows, is shown by its
 * code point instead.
 */
export function VisibleText({ text, highlight }: { readonly text: string; readonly highlight?: RegExp | null }) {
  return <bdi>{highlight ? highlighted(text, highlight) : visible(text)}</bdi>;
}

function visible(text: string): ComponentChild[] {
  const children: ComponentChild[] = [];
  let end = 0;
  for (const match of text.matchAll(hidden)) {
    if (match.index > end) children.push(text.slice(end, match.index));
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    children.push(
      <span class="code-point" title="a character that can't be seen">
        U+{code}
      </span>,
    );
    end = match.index + match[0].length;
  }
  if (end < text.length) children.push(text.slice(end));
  return children;
}

function highlighted(text: string, words: RegExp): ComponentChild[] {
  const children: ComponentChild[] = [];
  let end = 0;
  for (const match of text.matchAll(words)) {
    if (match[0] === "") continue;
    children.push(...visible(text.slice(end, match.index)), <mark>{visible(match[0])}</mark>);
    end = match.index + match[0].length;
  }
  children.push(...visible(text.slice(end)));
  return children;
}
