import { relative, sep } from "node:path";
import type { Note, Plan, Proposal } from "../edit/plan.js";
import { readSource } from "../project/read-source.js";
import { findSourceFiles } from "../project/source-files.js";
import { removeTags } from "./remove-tags.js";

/** The plan that takes every tag out of the sources below the paths. */
export async function planUntag(paths: readonly string[], root: string): Promise<Plan> {
  const files = await findSourceFiles(paths, root);
  const sources = new Map<string, string>();
  const proposals: Proposal[] = [];
  const notes: Note[] = [];
  for (const filename of files) {
    const file = relative(root, filename).split(sep).join("/");
    const source = await readSource(filename);
    const result = "skipped" in source ? source : removeTags(source.text, filename);
    if ("skipped" in result) {
      notes.push({ file, text: `left alone: ${result.skipped}` });
      continue;
    }
    if ("skipped" in source || result.removed.length === 0) continue;
    sources.set(file, source.text);
    for (const { line, tags, edits } of result.removed) {
      proposals.push({ file, line, reason: `takes ${tags.join(" and ")} out`, edits, details: { tags } });
    }
  }
  return { files: files.length, sources, proposals, notes };
}
