import type { DiagnosticList } from "../diagnostics/diagnostic.js";
import type { Language, ParsedFile } from "../parse.js";
import { CommentText, findTag, isDocComment, tagInPlainComment } from "./comment-text.js";
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
  { comments, language }: Pick<ParsedFile, "comments" | "language">,
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
          word: tag.word,
        });
      }
      continue;
    }
    const text = new CommentText(source, comment);
    const anchor = nextToken(source, comment.end, commentEnds);
    for (const placed of directivesOf(text, language, diagnostics)) found.push({ ...placed, anchor });
  }
  return found;
}

/** Every tag of one doc comment, in order. */
export function* directivesOf(
  text: CommentText,
  language: Language,
  diagnostics: DiagnosticList,
): Generator<PlacedDirective> {
  for (let tag = findTag(text.text, 0); tag !== undefined; ) {
    const { placed, contentEnd } = parseDirective(text, tag, language, diagnostics);
    yield placed;
    tag = findTag(text.text, contentEnd);
  }
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
