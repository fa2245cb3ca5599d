import type { Node } from "oxc-parser";
import { isFunction, type Path, walk } from "../ast.js";
import { tooDeepAt } from "../nesting.js";
import { type ParsedFile, parseFile } from "../parse.js";
import { relativePath } from "../relative-path.js";
import type { FoundSite } from "../sites/found-site.js";
import { manifestAttributes } from "./attributes.js";
import { addDeclarations } from "./declarations.js";
import { addAssignment, addExports } from "./exports.js";
import type { ModuleOutline, Value } from "./outline.js";
import { Scopes } from "./scopes.js";
import { findSteps } from "./steps.js";
import { Values } from "./values.js";

/** The outline of a file without sites, such as one that others import through; undefined when it does not parse. */
export function outlineSource(source: string, filename: string, root: string): ModuleOutline | undefined {
  if (tooDeepAt(source) !== undefined) return undefined;
  const parsed = parseFile(filename, source, undefined);
  return "failure" in parsed ? undefined : outlineModule(relativePath(filename, root), parsed, []);
}

/** The outline of a parsed file with the sites found in it. */
export function outlineModule(file: string, parsed: ParsedFile, found: readonly FoundSite[]): ModuleOutline {
  const { program, language } = parsed;
  const siteIds = new Map<Node, string>(found.map(({ node, site }) => [node, site.id]));
  const units = new Map<Node, number>();
  const scopes = new Scopes();
  const assignments: Path[] = [];
  walk(program, (path) => {
    const { node } = path;
    if ((isFunction(node) && node.body !== null) || siteIds.has(node)) units.set(node, units.size);
    if (node.type === "AssignmentExpression" && node.operator === "=") assignments.push(path);
    addDeclarations(path, scopes);
    addExports(path, scopes);
    return true;
  });
  for (const path of assignments) addAssignment(path, scopes);
  const values = new Values(scopes, units);
  const steps = findSteps(program, units, new Set(siteIds.keys()), values);
  return {
    file,
    sites: found.map(({ site, attributes }) => ({ ...site, attributes: manifestAttributes(attributes, language) })),
    units: [...units.keys()].map((node, index) => ({ site: siteIds.get(node), steps: steps[index] ?? [] })),
    exports: exportedValues(scopes, values),
    exportsAllOf: scopes.exportsAllOf,
  };
}

function exportedValues(scopes: Scopes, values: Values): ReadonlyMap<string, Value> {
  const known = new Map<string, Value>();
  for (const [name, sources] of scopes.exports) {
    const value = values.ofSources(sources);
    if (value !== undefined) known.set(name, value);
  }
  return known;
}
