import type { DiagnosticList } from "../diagnostics/diagnostic.js";
import type { ParsedFile } from "../parse.js";
import { CommentText, findTags, isDocComment, tagInPlainComment } from "./comment-text.js";
import type { PlacedDirective } from "./directive.js";
import { parseDirective } from "./parse-directive.js";

/** A directive and the token it stands before. */
export interface AnchoredDirective extends PlacedDirective {
  /** Offset of the first token behind the comment and all comments that follow it. */
  readonly anchor: number;
}

/** Every tag of the file's comments, in order. */
export function findDirectives(
  source: string,
  { comments, language }: ParsedFile,
  diagnostics: DiagnosticList,
): readonly AnchoredDirective[] {
  const commentEnds = new Map(comments.map(({ start, end }) => [start, end]));
  const found: AnchoredDirective[] = [];
  for (const comment of comments) {
    if (!comment.value.includes("@llmobs")) continue;
    if (!isDocComment(source, comment)) {
      const tag = tagInPlainComment(comment);
      if (tag !== undefined) {
        diagnostics.add("LLMOBS1010", comment.start, comment.end, {
          comment: comment.type === "Line" ? "//" : "/* */",
          kind: tag.kind,
        });
      }
      continue;
    }
    const text = new CommentText(source, comment);
    const anchor = nextToken(source, comment.end, commentEnds);
    for (const tag of findTags(text.text)) found.push({ ...parseDirective(text, tag, language, diagnostics), anchor });
  }
  return found;
}

function nextToken(source: string, from: number, commentEnds: ReadonlyMap<number, number>): number {
  const space = /\s*/y;
  let at = from;
  for (;;) {
    space.lastIndex = at;
    space.test(source);
    const end = commentEnds.get(space.lastIndex);
    if (end === undefined) return space.lastIndex;
    at = end;
  }
}
