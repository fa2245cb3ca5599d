import type { Comment } from "oxc-parser";

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
    for (const [index, line] of inner.split(/(?<=\n)/).entries()) {
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

const TAG_AT_LINE_START = /^[ \t]*@llmobs(?=\s|$)/gm;

/** The tags of a doc comment: from just behind `@llmobs` on, as offsets in `text`. */
export function findTags(text: string): readonly { readonly start: number; readonly contentStart: number }[] {
  return [...text.matchAll(TAG_AT_LINE_START)].map((match) => {
    const contentStart = match.index + match[0].length;
    return { start: contentStart - "@llmobs".length, contentStart };
  });
}

/** The kind in a plain comment that starts with a tag, or undefined: `// @llmobs workflow`. */
export function tagInPlainComment(comment: Comment): { readonly kind: string } | undefined {
  const match = /^[ \t]*@llmobs(?:[ \t]+([\w-]+))?(?=\s|$)/m.exec(comment.value);
  return match === null ? undefined : { kind: match[1] ?? "workflow" };
}

export function isDocComment(source: string, comment: Comment): boolean {
  return (
    comment.type === "Block" && source.startsWith("/**", comment.start) && comment.end - comment.start > "/**/".length
  );
}
