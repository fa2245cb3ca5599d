import { distance } from "fastest-levenshtein";
import type { DiagnosticList } from "../diagnostics/diagnostic.js";
import type { ParsedFile } from "../parse.js";
import { CommentText, isDocComment } from "./comment-text.js";
import { WORDS } from "./kinds.js";

/** A word with an @ and what follows it, at the start of a comment's line. */
const LINE = /^[ \t]*@([A-Za-z][\w:.-]*)[ \t]+([\w-]+)/gm;

/** Whether a text may have a tag that is not spelt `@llmobs`. */
export function mayHaveMistypedTag(source: string): boolean {
  return [...source.matchAll(/@([A-Za-z][\w:.-]*)[ \t]/g)].some(([, word = ""]) => isMistyped(word));
}

/** Reports `@LLMObs workflow` and the like: with what follows it, it was meant to be a tag. */
export function findMistypedTags(
  source: string,
  { comments }: Pick<ParsedFile, "comments">,
  diagnostics: DiagnosticList,
): void {
  for (const comment of comments) {
    if (!isDocComment(source, comment)) continue;
    const text = new CommentText(source, comment);
    for (const { 0: line, 1: word = "", 2: next = "", index } of text.text.matchAll(LINE)) {
      if (!isMistyped(word) || !WORDS.some((known) => distance(known, next.toLowerCase()) <= 1)) continue;
      const start = index + line.indexOf("@");
      diagnostics.add("LLMOBS1049", text.toFile(start), text.toFile(start + 1 + word.length), { word });
    }
  }
}

function isMistyped(word: string): boolean {
  const letters = word.toLowerCase().replace(/[^a-z]/g, "");
  if (word === "llmobs" || !/^l.*m/.test(letters)) return false;
  return distance(letters, "llmobs") <= 2 || letters.startsWith("llmobs");
}
