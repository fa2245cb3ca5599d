import { distance } from "fastest-levenshtein";
import type { Comment } from "oxc-parser";
import { WORDS } from "./kinds.js";

/**
 * The content of a `/** … *\/` comment with one leading ` *` taken from every
 * line, and the way back from an offset in it to one in the file.
 */
export class CommentText {
  readonly text: string;
  /** Where each kept line begins: in `text`, and in the file. */
  readonly #lines: { readonly text: number; readonly file: number }[] = [];

  constructor(source: string, comment: Comment) {
    const start = comment.start + "/**".length;
    const inner = source.slice(start, comment.end - "*/".length);
    let text = "";
    let offset = 0;
    for (const [index, line] of inner.split(/(?<=[\n\u2028\u2029]|\r(?!\n))/).entries()) {
      const margin = index === 0 ? 0 : (/^[ \t]*\*/.exec(line)?.[0].length ?? 0);
      this.#lines.push({ text: text.length, file: start + offset + margin });
      text += line.slice(margin);
      offset += line.length;
    }
    this.text = text;
  }

  toFile(offset: number): number {
    const line = this.#lines.findLast((candidate) => candidate.text <= offset);
    return line === undefined ? 0 : line.file + offset - line.text;
  }
}

/** A tag in a comment's text: where `@llmobs` stands, and what is behind it. */
export interface Tag {
  readonly start: number;
  readonly contentStart: number;
}

/** The first tag at or behind `from`; what stands in a Markdown code block is none. */
export function findTag(text: string, from: number): Tag | undefined {
  const blocks = codeBlocks(text);
  const tag = /^[ \t]*@llmobs(?=\s|$)/gm;
  // Whoever read the text up to `from` may have read the blanks of this line.
  tag.lastIndex = text.slice(0, from).replace(/[ \t]+$/, "").length;
  for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
    const contentStart = match.index + match[0].length;
    const start = contentStart - "@llmobs".length;
    if (!blocks.some((block) => start > block.start && start < block.end)) return { start, contentStart };
  }
  return undefined;
}

/** From fence to fence: https://spec.commonmark.org/0.31.2/#fenced-code-blocks; one that is not closed is none. */
function codeBlocks(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(/^[ \t]*(`{3,}|~{3,})[^\n]*\n(?:[^\n]*\n)*?[ \t]*\1[`~]*[ \t]*$/gm)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const TAG_IN_PLAIN_COMMENT = /^[ \t]*(?:\*[ \t]*)?@llmobs(?=\s|$)[ \t]*([\w-]*)/m;

/** The word behind a tag that begins a line of a plain comment; undefined for prose about tags. */
export function tagInPlainComment(comment: Comment): { readonly word: string } | undefined {
  const match = TAG_IN_PLAIN_COMMENT.exec(comment.value);
  if (match === null) return undefined;
  const word = match[1] ?? "";
  if (word === "") return { word: "workflow" };
  const meant = WORDS.find((known) => distance(word.toLowerCase(), known) <= 1);
  return meant === undefined ? undefined : { word: meant };
}

export function isDocComment(source: string, comment: Comment): boolean {
  return (
    comment.type === "Block" && source.startsWith("/**", comment.start) && comment.end - comment.start > "/**/".length
  );
}
