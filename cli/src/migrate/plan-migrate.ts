import { relative, sep } from "node:path";
import { ts } from "ts-morph";
import type { Note, Plan, Proposal } from "../edit/plan.js";
import { readSource } from "../project/read-source.js";
import { findSourceFiles } from "../project/source-files.js";
import { migrateFile } from "./migrate-file.js";
import { PEERS, type PeerName } from "./peers.js";

/** The plan that turns another tracing SDK's wrappers and decorators into tags. */
export async function planMigrate(from: PeerName, paths: readonly string[], root: string): Promise<Plan> {
  const peer = PEERS[from];
  const files = await findSourceFiles(paths, root);
  const sources = new Map<string, string>();
  const proposals: Proposal[] = [];
  const notes: Note[] = [];
  for (const filename of files) {
    const file = relative(root, filename).split(sep).join("/");
    const source = await readSource(filename);
    if ("skipped" in source) {
      notes.push({ file, text: `left alone: ${source.skipped}` });
      continue;
    }
    if (![...source.text.matchAll(/["']([^"'\n]+)["']/g)].some(([, word = ""]) => peer.packages.test(word))) continue;
    const parsed = ts.createSourceFile(filename, source.text, ts.ScriptTarget.Latest, true);
    const lineOf = (node: ts.Node) => parsed.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const { changes, notes: found } = migrateFile(parsed, peer);
    notes.push(...found.map(({ at, text }) => ({ file, line: lineOf(at), text })));
    if (changes.length === 0) continue;
    sources.set(file, source.text);
    proposals.push({
      file,
      line: Math.min(...changes.map(({ at }) => lineOf(at))),
      reason: [...new Set(changes.map(({ text }) => text))].join("; "),
      edits: changes.flatMap(({ edits }) => edits),
      details: { changes: changes.map(({ at, text }) => ({ line: lineOf(at), text })) },
    });
  }
  return { files: files.length, sources, proposals, notes };
}
