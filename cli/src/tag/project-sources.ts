import { relative, sep } from "node:path";
import { globby } from "globby";
import type { Note } from "../edit/plan.js";
import { readSource } from "../project/read-source.js";
import { findSourceFiles } from "../project/source-files.js";
import { isExcluded } from "./excluded-files.js";
import { ImportResolver } from "./import-resolution.js";

export interface ProjectSources {
  readonly root: string;
  /** Source files looked at. */
  readonly files: number;
  /** Absolute paths and texts of files that use a provider, or import one that does. The rest is never parsed. */
  readonly relevant: ReadonlyMap<string, string>;
  readonly resolver: ImportResolver;
  readonly notes: readonly Note[];
}

const IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'`]([^"'`\n]+)["'`]/g;

/** Reads the sources below the paths, and narrows them down to those that can reach a provider. */
export async function readProject(paths: readonly string[], root: string, mention: RegExp): Promise<ProjectSources> {
  const texts = new Map<string, string>();
  const notes: Note[] = [];
  const files = await findSourceFiles(paths, root);
  for (const path of files) {
    const file = relative(root, path).split(sep).join("/");
    const source = await readSource(path);
    if ("skipped" in source) notes.push({ file, text: `left alone: ${source.skipped}` });
    else if (!isExcluded(file, source.text)) texts.set(path, source.text);
  }
  const packageFiles = await globby("**/package.json", {
    cwd: root,
    absolute: true,
    gitignore: true,
    suppressErrors: true,
    followSymbolicLinks: false,
    ignore: ["**/node_modules/**"],
  });
  const resolver = new ImportResolver(new Set(texts.keys()), packageFiles);
  return { root, files: files.length, relevant: relevantTexts(texts, mention, resolver), resolver, notes };
}

/** How far beyond the files that reach a provider their own imports are followed: tools and dispatch tables live there. */
const IMPORT_DEPTH = 2;

function relevantTexts(
  texts: ReadonlyMap<string, string>,
  mention: RegExp,
  resolver: ImportResolver,
): ReadonlyMap<string, string> {
  const hits = [...texts].filter(([, text]) => mention.test(text)).map(([path]) => path);
  if (hits.length === 0) return new Map();
  const imports = new Map<string, readonly string[]>();
  const importers = new Map<string, string[]>();
  for (const [path, text] of texts) {
    const targets = [...text.matchAll(IMPORT)].flatMap(([, specifier = ""]) => resolver.resolve(specifier, path) ?? []);
    imports.set(path, targets);
    for (const target of targets) importers.set(target, [...(importers.get(target) ?? []), path]);
  }
  const relevant = closure(hits, (path) => importers.get(path) ?? []);
  let edge = [...relevant];
  for (let depth = 0; depth < IMPORT_DEPTH; depth++) {
    edge = edge.flatMap((path) => imports.get(path) ?? []).filter((path) => !relevant.has(path));
    for (const path of edge) relevant.add(path);
  }
  // In the order of the files, so that a plan does not depend on how it was found.
  return new Map([...texts].filter(([path]) => relevant.has(path)));
}

function closure(from: readonly string[], next: (path: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...next(path));
  }
  return seen;
}
