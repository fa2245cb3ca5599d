import type { Node } from "oxc-parser";
import { children, type FunctionNode, isFunction, isGenerator, type Path } from "../ast.js";
import { bindingNames } from "../binding-names.js";
import type { DiagnosticList } from "../diagnostics/diagnostic.js";
import type { AttributeName } from "../directive/attributes.js";
import type { AttributeValue } from "../directive/directive.js";
import { findDirectives } from "../directive/find-directives.js";
import type { ParsedFile } from "../parse.js";
import type { Globals } from "../scope/globals.js";
import type { SourceText } from "../source-text.js";
import { type AttachedDirective, attach } from "./attach.js";
import { directivesOf, findRedeclared, isStrict } from "./body.js";
import { checkAttributes, type ResultOfPlace } from "./check-attributes.js";
import { ANONYMOUS, functionName, nameInFile, qualifiedName } from "./function-name.js";
import { findOwnArguments, type OwnArguments, usesSuper } from "./generator-body.js";
import { beginsCall, ignoredRanges } from "./ignored.js";
import { sentAsText } from "./sent-as-text.js";
import type { Site, SiteForm } from "./site.js";

/** A site with what is needed to rewrite it. */
export interface FoundSite {
  readonly site: Site;
  readonly fn: FunctionNode;
  readonly attributes: ReadonlyMap<AttributeName, AttributeValue>;
  /** Where a generator's body names its `arguments`. */
  readonly ownArguments: readonly OwnArguments[];
  /** Parameters whose value must be carried into the thunk; see `findRedeclared`. */
  readonly redeclared: readonly string[];
}

/** What is known of a file beside its syntax. */
export interface FileFacts {
  /** It is loaded as an ES module. */
  readonly isModule: boolean;
  readonly globals: Globals;
}

/** The traced places of a file, in source order. Whatever a tag can't do is reported and left alone. */
export function findSites(
  source: SourceText,
  file: string,
  parsed: ParsedFile,
  facts: FileFacts,
  diagnostics: DiagnosticList,
): readonly FoundSite[] {
  const directives = findDirectives(source.text, parsed, diagnostics);
  if (directives.some(({ directive }) => directive.type === "ignore-file")) {
    diagnostics.silence({ start: 0, end: source.text.length });
    return [];
  }
  const attached = attach(parsed.program, directives);
  const ignored = ignoredRanges(parsed.program, attached);
  for (const range of ignored) diagnostics.silence(range);
  const taken = new Map<FunctionNode, FoundSite | undefined>();
  for (const tag of attached) {
    if (tag.directive.type === "ignore" && beginsCall(parsed.program, tag.anchor)) continue;
    const tagged = taggedFunction(tag, diagnostics);
    if (tagged === undefined) continue;
    if (taken.has(tagged.fn)) {
      diagnostics.add("LLMOBS1011", tag.start, tag.end, { what: "function" });
    } else {
      const silent = ignored.some(({ start, end }) => start <= tagged.fn.start && tagged.fn.end <= end);
      taken.set(tagged.fn, silent ? undefined : describe(tag, tagged, source, file, parsed, facts, diagnostics));
    }
  }
  const sites = [...taken.values()].filter((found) => found !== undefined).sort((a, b) => a.fn.start - b.fn.start);
  return withUniqueIds(sites);
}

interface TaggedFunction {
  readonly fn: FunctionNode;
  readonly path: Path;
  readonly start: number;
}

function taggedFunction(tag: AttachedDirective, diagnostics: DiagnosticList): TaggedFunction | undefined {
  const { target, directive, start, end } = tag;
  if (directive.type === "ignore-file") return undefined;
  // Calls are ignored by what instruments them; anything else that is no function is a mistake.
  if (directive.type === "ignore" && target?.type !== "other" && target !== undefined) return undefined;
  switch (target?.type) {
    case undefined:
      diagnostics.add("LLMOBS1012", start, end, {});
      return undefined;
    case "function":
      return target;
    case "overload":
      return implementation(target, tag, diagnostics);
    case "no-body":
      diagnostics.add("LLMOBS1015", start, end, { what: target.what });
      return undefined;
    case "several-declarators":
      diagnostics.add("LLMOBS1014", start, end, {});
      return undefined;
    case "not-yet":
      diagnostics.add("LLMOBS1017", start, end, { what: target.what, mend: target.mend });
      return undefined;
    case "other":
      diagnostics.add("LLMOBS1013", start, end, { what: target.what });
      return undefined;
  }
}

/** The function that an overload signature belongs to: the next sibling of its name that has a body. */
function implementation(
  target: { readonly name: string; readonly path: Path },
  { start, end }: AttachedDirective,
  diagnostics: DiagnosticList,
): TaggedFunction | undefined {
  const holder = target.path.parent;
  const exported = holder?.node.type === "ExportNamedDeclaration" || holder?.node.type === "ExportDefaultDeclaration";
  const scope = exported ? holder.parent : holder;
  const { declarations, indexes } = siblings(scope?.node);
  const index = indexes.get(target.path.node) ?? -1;
  const before = declarations[index - 1];
  if (before !== undefined && signatureName(before) === target.name) {
    diagnostics.add("LLMOBS1016", start, end, {});
    return undefined;
  }
  let next = index + 1;
  for (let node = declarations[next]; node !== undefined; node = declarations[++next]) {
    const body = bodied(node, target.name);
    if (body !== undefined) {
      const declaration = { node, parent: scope ?? null };
      const path = body.fn === node ? declaration : { node: body.fn, parent: declaration };
      return { fn: body.fn, path, start: body.start };
    }
    if (signatureName(node) !== target.name) break;
  }
  diagnostics.add("LLMOBS1015", start, end, { what: "a signature" });
  return undefined;
}

interface Siblings {
  /** Exported ones without their `export`. */
  readonly declarations: readonly Node[];
  readonly indexes: ReadonlyMap<Node, number>;
}

/** Kept for each scope: a file of many tagged overloads asks again and again. */
const knownSiblings = new WeakMap<Node, Siblings>();
const NO_SIBLINGS: Siblings = { declarations: [], indexes: new Map() };

function siblings(scope: Node | undefined): Siblings {
  if (scope === undefined) return NO_SIBLINGS;
  let found = knownSiblings.get(scope);
  if (found === undefined) {
    const declarations = children(scope).map((node) =>
      (node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration") && node.declaration
        ? node.declaration
        : node,
    );
    found = { declarations, indexes: new Map(declarations.map((node, index) => [node, index])) };
    knownSiblings.set(scope, found);
  }
  return found;
}

function signatureName(node: Node): string | undefined {
  if (node.type === "TSDeclareFunction") return node.id?.name ?? "default";
  if (node.type === "MethodDefinition" && !isFunction(node.value)) {
    return "name" in node.key && typeof node.key.name === "string" ? node.key.name : "";
  }
  return undefined;
}

function bodied(node: Node, name: string): { readonly fn: FunctionNode; readonly start: number } | undefined {
  if (node.type === "FunctionDeclaration") {
    return (node.id?.name ?? "default") === name ? { fn: node, start: node.start } : undefined;
  }
  if (node.type === "MethodDefinition") {
    const value: Node = node.value;
    const matches = "name" in node.key && node.key.name === name;
    return matches && isFunction(value) ? { fn: value, start: node.key.start } : undefined;
  }
  return undefined;
}

function describe(
  { directive, start, end }: AttachedDirective,
  { fn, path, start: placeStart }: TaggedFunction,
  source: SourceText,
  file: string,
  parsed: ParsedFile,
  facts: FileFacts,
  diagnostics: DiagnosticList,
): FoundSite | undefined {
  if (directive.type !== "trace") return undefined;
  if (fn.body === null) return undefined;
  if (isGenerator(fn) && usesSuper(fn)) {
    diagnostics.add("LLMOBS1017", start, end, {
      what: "a generator that uses super",
      mend: "Move what uses super into a method of its own and call that.",
    });
    return undefined;
  }
  if (directivesOf(fn).some(({ text }) => text === "use workflow")) {
    diagnostics.add("LLMOBS1018", start, end, {});
    return undefined;
  }
  const parameters = fn.params.flatMap((parameter) => bindingNames(parameter));
  const ancestors = [...ancestorsOf(path)];
  const strict = isStrict(ancestors, fn, parsed.hasModuleSyntax);
  const redeclared = findRedeclared(fn, parameters, strict);
  if (redeclared.type === "unsafe") {
    diagnostics.add("LLMOBS1021", redeclared.at.start, redeclared.at.end, { word: redeclared.name });
    return undefined;
  }
  const { kind, attributes } = directive;
  const form = formOf(fn, path);
  const place = { path, fn, hasModuleSyntax: parsed.hasModuleSyntax, ...facts };
  if (!checkAttributes(attributes, place, resultOf(form), diagnostics)) return undefined;
  const sent = sentAsText(path, source.text);
  if (sent !== undefined) {
    diagnostics.add(sent.isCertain ? "LLMOBS1050" : "LLMOBS1051", start, end, { by: sent.by });
    if (sent.isCertain) return undefined;
  }
  const own = functionName(path, source.text);
  const given = attributes.get("name");
  if (own === undefined && given === undefined) diagnostics.add("LLMOBS1022", start, end, { kind });
  if (form === "getter") diagnostics.add("LLMOBS1026", start, end, {});
  const inFile = nameInFile(path, source.text);
  const qualified = qualifiedName(path, inFile, source.text);
  const isAnonymous = inFile === ANONYMOUS;
  return {
    site: {
      id: `${file}#${qualified}${isAnonymous && given?.type === "text" ? `(${given.text})` : ""}`,
      kind,
      name: given?.type === "text" ? given.text : (own ?? kind),
      function: qualified,
      file,
      ...source.place(placeStart),
      parameters: [...new Set(parameters)],
      form,
    },
    fn,
    attributes,
    ownArguments: isGenerator(fn) ? findOwnArguments(fn) : [],
    redeclared: redeclared.names,
  };
}

function formOf(fn: FunctionNode, { parent }: Path): SiteForm {
  if (parent !== null && "kind" in parent.node) {
    if (parent.node.kind === "get") return "getter";
    if (parent.node.kind === "set") return "setter";
  }
  if (fn.type === "ArrowFunctionExpression") return "arrow";
  const isMethod = parent?.node.type === "MethodDefinition" || (parent?.node.type === "Property" && parent.node.method);
  return isMethod ? "method" : "function";
}

function resultOf(form: SiteForm): ResultOfPlace {
  return form === "setter" ? { type: "none", of: "setter" } : { type: "value" };
}

function* ancestorsOf(path: Path): Generator<Node> {
  for (let above = path.parent; above !== null; above = above.parent) yield above.node;
}

function withUniqueIds(found: readonly FoundSite[]): readonly FoundSite[] {
  const seen = new Map<string, number>();
  return found.map((each) => {
    const count = (seen.get(each.site.id) ?? 0) + 1;
    seen.set(each.site.id, count);
    return count === 1 ? each : { ...each, site: { ...each.site, id: `${each.site.id}~${count}` } };
  });
}
