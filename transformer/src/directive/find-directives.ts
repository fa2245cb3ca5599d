import type { Comment } from "oxc-parser";
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
  const tokens = tokensBehind(source, comments);
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
    const anchor = tokens.get(comment.end) ?? source.length;
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

/** The first token behind each comment and all comments that follow it: from the last one back, so that each is asked once. */
function tokensBehind(source: string, comments: readonly Comment[]): ReadonlyMap<number, number> {
  const space = /\s*/y;
  const byStart = new Map<number, number>();
  const byEnd = new Map<number, number>();
  for (const { start, end } of comments.toReversed()) {
    space.lastIndex = end;
    space.test(source);
    const token = byStart.get(space.lastIndex) ?? space.lastIndex;
    byStart.set(start, token);
    byEnd.set(end, token);
  }
  return byEnd;
}
