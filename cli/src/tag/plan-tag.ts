import { relative, sep } from "node:path";
import { findTagRanges, instrument, KINDS, type Kind } from "@llmobs/transformer";
import { ts } from "ts-morph";
import type { Note, Plan, Proposal } from "../edit/plan.js";
import { applyEdits } from "../edit/text-edit.js";
import { attributesOf } from "./attributes.js";
import { CallGraph } from "./call-graph.js";
import { CallReader } from "./calls.js";
import { insertTag } from "./insert-tag.js";
import { createProgram } from "./program.js";
import { readProject } from "./project-sources.js";
import { readProviders } from "./providers.js";
import { suggest } from "./suggest.js";
import { isTracedByOthers } from "./traced-by-others.js";
import type { Unit } from "./units.js";

export interface TagOptions {
  /** From 0 to 1; suggestions below are left out. */
  readonly minConfidence: number;
}

/** The plan that puts a tag on every function that calls a model, embeds, retrieves, is a tool, or orchestrates those. */
export async function planTag(paths: readonly string[], root: string, { minConfidence }: TagOptions): Promise<Plan> {
  const providers = readProviders();
  const project = await readProject(paths, root, providers.mention);
  const empty = { files: project.files, sources: new Map<string, string>(), proposals: [], notes: project.notes };
  if (project.relevant.size === 0) return empty;
  const program = createProgram(project, providers);
  const graph = new CallGraph(program, new CallReader(program.checker));
  const sources = new Map<string, string>();
  const proposals: Proposal[] = [];
  const relativeTo = (path: string) => relative(root, path).split(sep).join("/");
  const fileOf = (node: ts.Node) => relativeTo(node.getSourceFile().fileName);
  const notes: readonly Note[] = [
    ...project.notes,
    ...program.broken.map(({ path, reason }) => ({
      file: relativeTo(path),
      text: `left alone: it does not parse: ${reason}`,
    })),
  ];

  for (const suggestion of suggest(graph, existingTags(graph))) {
    const { unit, kind, confidence, reason, evidence } = suggestion;
    if (confidence < minConfidence || !isTaggable(unit) || isTracedByOthers(unit)) continue;
    const file = fileOf(unit.node);
    const source = unit.node.getSourceFile().text;
    const attributes = attributesOf(suggestion);
    const tag = ["@llmobs", kind, ...attributes].join(" ");
    const edit = insertTag(source, unit, tag);
    if (!standsUp(source, applyEdits(source, [edit]), unit.node.getSourceFile().fileName)) continue;
    sources.set(file, source);
    proposals.push({
      file,
      line: lineOf(unit.declaration),
      reason: `${kind}: ${unit.name ?? "the callback"} ${reason} (${fileOf(evidence)}:${lineOf(evidence)})`,
      edits: [edit],
      details: {
        function: unit.name ?? "",
        kind,
        attributes,
        confidence: Math.round(confidence * 100) / 100,
        evidence: { file: fileOf(evidence), line: lineOf(evidence) },
      },
    });
  }
  proposals.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  return { files: project.files, sources, proposals, notes };
}

function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

function isTaggable({ node }: Unit): boolean {
  return !ts.isConstructorDeclaration(node) && !ts.isAccessor(node);
}

/** The tag is read, traces its function, and says nothing is wrong that was not before. */
function standsUp(before: string, after: string, filename: string): boolean {
  const [was, is] = [before, after].map((text) => instrument(text, { filename, sourceMap: false }));
  if (was === undefined || is === undefined) return false;
  return is.sites.length === was.sites.length + 1 && is.diagnostics.length === was.diagnostics.length;
}

/** The kinds of the units that have a tag; `ignore` counts as one. */
function existingTags(graph: CallGraph): ReadonlyMap<Unit, Kind> {
  const tags = new Map<Unit, Kind>();
  const byFile = new Map<ts.SourceFile, readonly { readonly end: number; readonly kind: Kind }[]>();
  for (const unit of graph.facts.keys()) {
    const file = unit.node.getSourceFile();
    let found = byFile.get(file);
    if (found === undefined) {
      const ranges = findTagRanges(file.text, file.fileName);
      found =
        "failure" in ranges
          ? []
          : ranges.tags.map(({ start, end, comment }) => ({
              end: comment.end,
              kind: KINDS.find((kind) => file.text.slice(start, end).split(/\s+/)[1] === kind) ?? "task",
            }));
      byFile.set(file, found);
    }
    const from = outerStart(unit);
    const tag = found.find(
      ({ end }) => end >= from.full && end <= from.start && file.text.slice(end, from.start).trim() === "",
    );
    if (tag !== undefined) tags.set(unit, tag.kind);
  }
  return tags;
}

/** Where a tag of the unit may stand: from its leading comments to its first token. */
function outerStart({ declaration, node }: Unit): { readonly full: number; readonly start: number } {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return { full: statement.getFullStart(), start: node.getStart() };
}
