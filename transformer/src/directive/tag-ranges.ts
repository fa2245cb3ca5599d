import { DiagnosticList } from "../diagnostics/diagnostic.js";
import { mayHaveTag } from "../gate.js";
import { type ParseFailure, parseFile } from "../parse.js";
import { SourceText } from "../source-text.js";
import { CommentText, isDocComment } from "./comment-text.js";
import type { Directive } from "./directive.js";
import { directivesOf } from "./find-directives.js";

/** A tag's place in the text, for tools that edit tags. Offsets are UTF-16 units from 0, `end` is behind the last one. */
export interface TagRange {
  readonly type: Directive["type"];
  readonly start: number;
  readonly end: number;
  readonly comment: { readonly start: number; readonly end: number };
}

/** Every tag of a file's doc comments, in order, faulty ones too; or why the file does not parse. */
export function findTagRanges(
  source: string,
  filename: string,
): { readonly tags: readonly TagRange[] } | { readonly failure: ParseFailure } {
  if (!mayHaveTag(source)) return { tags: [] };
  const parsed = parseFile(filename, source, undefined);
  if ("failure" in parsed) return parsed;
  const unheard = new DiagnosticList(filename, new SourceText(source));
  const tags = parsed.comments.flatMap((comment) => {
    if (!comment.value.includes("@llmobs") || !isDocComment(source, comment)) return [];
    const text = new CommentText(source, comment);
    return [...directivesOf(text, parsed.language, unheard)].map(({ directive, start, tagEnd }) => ({
      type: directive.type,
      start,
      end: tagEnd,
      comment: { start: comment.start, end: comment.end },
    }));
  });
  return { tags };
}
