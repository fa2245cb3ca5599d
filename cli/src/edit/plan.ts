import { applyEdits, type TextEdit } from "./text-edit.js";

/** One thing a codemod would do, and why. It stands or falls as a whole. */
export interface Proposal {
  /** Relative to the root, forward slashes. */
  readonly file: string;
  /** Of the text before the change, from 1. */
  readonly line: number;
  /** One line without its place, such as `calls openai.chat.completions.create (src/chat.ts:9)`. */
  readonly reason: string;
  readonly edits: readonly TextEdit[];
  /** What machines want to know beside that; printed with `--json`. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Something the author has to do, or a file that was not looked into. */
export interface Note {
  readonly file: string;
  /** From 1; without one the whole file is meant. */
  readonly line?: number;
  readonly text: string;
}

/** What a codemod would do to a project. Nothing is written before the whole plan stands. */
export interface Plan {
  /** Source files looked at. */
  readonly files: number;
  /** The texts of files with proposals, by their names. */
  readonly sources: ReadonlyMap<string, string>;
  readonly proposals: readonly Proposal[];
  readonly notes: readonly Note[];
}

export interface FileChange {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The texts that the proposals amount to; files that would stay as they are do not appear. */
export function changesOf(plan: Plan, proposals: readonly Proposal[]): readonly FileChange[] {
  const byFile = new Map<string, TextEdit[]>();
  for (const { file, edits } of proposals) byFile.set(file, [...(byFile.get(file) ?? []), ...edits]);
  return [...byFile].flatMap(([file, edits]) => {
    const before = plan.sources.get(file);
    if (before === undefined) return [];
    const after = applyEdits(before, edits);
    return after === before ? [] : [{ file, before, after }];
  });
}
