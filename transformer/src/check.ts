import { type Diagnostic, DiagnosticList } from "./diagnostics/diagnostic.js";
import { findMistypedTags, mayHaveMistypedTag } from "./directive/mistyped-tags.js";
import { analyse, type InstrumentOptions } from "./instrument.js";
import type { ModuleOutline } from "./manifest/outline.js";
import { parseFile } from "./parse.js";
import { relativePath } from "./relative-path.js";
import type { Site } from "./sites/site.js";
import { SourceText } from "./source-text.js";

export interface CheckResult {
  readonly sites: readonly Site[];
  readonly diagnostics: readonly Diagnostic[];
  /** Where one was asked for. */
  readonly outline: ModuleOutline | undefined;
}

/**
 * What `instrument` finds in a text, without the work of rewriting it; and tags that
 * are not spelt as one, which `instrument` does not look for.
 */
export function check(source: string, options: InstrumentOptions): CheckResult {
  const { sites, diagnostics, outline } = analyse(source, options);
  return { sites, outline, diagnostics: [...diagnostics, ...mistypedTags(source, options)].sort(byPlace) };
}

function mistypedTags(source: string, { filename, root, format }: InstrumentOptions): readonly Diagnostic[] {
  if (!mayHaveMistypedTag(source) || /@llmobs\s+ignore-file\b/.test(source)) return [];
  const found = new DiagnosticList(relativePath(filename, root ?? process.cwd()), new SourceText(source));
  const parsed = parseFile(filename, source, format);
  if (!("failure" in parsed)) findMistypedTags(source, parsed, found);
  return found.list();
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.line - b.line || a.column - b.column;
}
