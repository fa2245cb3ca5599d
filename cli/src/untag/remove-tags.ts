import { findTagRanges, type TagRange } from "@llmobs/transformer";
import { applyEdits, type TextEdit } from "../edit/text-edit.js";

export interface RemovedTags {
  /** From 1. */
  readonly line: number;
  readonly tags: readonly string[];
  readonly edits: readonly TextEdit[];
}

/**
 * How every tag of a text goes, comment by comment. `ignore` and `ignore-file` stay: what they ask for is still true.
 * Exactly what `tag` adds goes: a comment with its line, a line of a comment, or a comment before an expression with
 * the space behind it.
 */
export function removeTags(
  source: string,
  filename: string,
): { readonly removed: readonly RemovedTags[] } | { readonly skipped: string } {
  const found = findTagRanges(source, filename);
  if ("failure" in found) return { skipped: `it does not parse: ${found.failure.reason}` };
  const byComment = new Map<number, TagRange[]>();
  for (const tag of found.tags) {
    if (tag.type === "ignore" || tag.type === "ignore-file") continue;
    byComment.set(tag.comment.start, [...(byComment.get(tag.comment.start) ?? []), tag]);
  }
  return {
    removed: [...byComment.values()].map((tags) => ({
      line: source.slice(0, tags[0]?.start).split("\n").length,
      tags: tags.map(({ start, end }) => source.slice(start, end).replace(/\s*\n[ \t]*\*?\s*/g, " ")),
      edits: removal(source, tags),
    })),
  };
}

function removal(source: string, tags: readonly TagRange[]): readonly TextEdit[] {
  const [first] = tags;
  if (first === undefined) return [];
  const { start, end } = first.comment;
  const within = tags.map((tag) => withinComment(source, tag));
  const rest = applyEdits(
    source.slice(start, end),
    within.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start })),
  );
  return /^\/\*\*[\s*]*\*\/$/.test(rest) ? [wholeComment(source, start, end)] : within;
}

/** From the line end before the tag on, or from the tag on where it stands on the comment's first line. */
function withinComment(source: string, { start, end }: TagRange): TextEdit {
  const margin = /\r?\n[ \t]*\*?[ \t]*$/.exec(source.slice(0, start))?.[0].length ?? 0;
  return { start: start - margin, end, text: "" };
}

function wholeComment(source: string, start: number, end: number): TextEdit {
  const indent = /[ \t]*$/.exec(source.slice(0, start))?.[0].length ?? 0;
  const lineEnd = /^[ \t]*(?:\r?\n|$)/.exec(source.slice(end))?.[0].length;
  const isFirst = start === indent || source[start - indent - 1] === "\n";
  if (isFirst && lineEnd !== undefined) return { start: start - indent, end: end + lineEnd, text: "" };
  return { start, end: source[end] === " " ? end + 1 : end, text: "" };
}
