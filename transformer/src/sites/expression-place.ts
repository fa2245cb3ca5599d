import type { Node } from "oxc-parser";
import { type FunctionNode, isFunction, type Path } from "../ast.js";
import type { Read } from "../directive/expression.js";
import { bodyDeclarations } from "../scope/declarations.js";
import type { Globals } from "../scope/globals.js";
import { resolveInTag } from "../scope/resolve.js";

/** Where the expressions of a tag are going to stand. */
export interface ExpressionPlace {
  /** Of the tagged node. */
  readonly path: Path;
  /** The tagged function, whose parameters are in scope; undefined for anything else. */
  readonly fn: FunctionNode | undefined;
  /** The file is loaded as an ES module. */
  readonly isModule: boolean;
  readonly hasModuleSyntax: boolean;
  readonly globals: Globals;
}

/** What keeps an expression from meaning what it says. */
export type PlaceFault =
  | { readonly type: "undeclared" }
  | { readonly type: "of the body" }
  | { readonly type: "type" }
  /** It would be a syntax error, or nothing at all. */
  | { readonly type: "out of place"; readonly reason: string };

export function faultOf({ what, text }: Read, place: ExpressionPlace): PlaceFault | undefined {
  switch (what) {
    case "name":
      return text === "arguments" ? faultOfArguments(place) : faultOfName(text, place);
    case "this":
      return outOfPlace(thisAt(place) === "none", "an arrow function outside of functions and classes has none");
    case "super":
      return outOfPlace(!isInMethod(place), "there is none outside of a method");
    case "super()":
      return outOfPlace(true, "a tag cannot call it");
    case "new.target":
      return outOfPlace(
        !["function", "class"].includes(thisAt(place)),
        "there is none outside of functions and classes",
      );
    case "private name":
      return outOfPlace(!declaresPrivate(text, place.path), "no class around the tag declares it");
    case "import.meta":
      return outOfPlace(!place.isModule, "a CommonJS file has none");
  }
}

function outOfPlace(is: boolean, reason: string): PlaceFault | undefined {
  return is ? { type: "out of place", reason } : undefined;
}

function faultOfName(name: string, { path, fn, hasModuleSyntax, globals }: ExpressionPlace): PlaceFault | undefined {
  const declared = resolveInTag(name, path, fn);
  if (declared === "value") return globals.isImportedType(name) ? { type: "type" } : undefined;
  if (declared === "type-only import") return { type: "type" };
  if (fn !== undefined && !globals.isUniversal(name) && bodyDeclarations(fn).has(name)) return { type: "of the body" };
  if (globals.has(name)) return undefined;
  if (declared === "type") return { type: "type" };
  // Other scripts may add to a namespace of this one.
  if (!hasModuleSyntax && isAround(path, (node) => node.type === "TSModuleDeclaration")) return undefined;
  return { type: "undeclared" };
}

/** Where `this` and `arguments` of an expression come from. */
function thisAt({ path, fn, isModule }: ExpressionPlace): "function" | "class" | "none" | "module" {
  for (let at: Path | null = path; at !== null; at = at.parent) {
    const { node } = at;
    if (isFunction(node) && node.type !== "ArrowFunctionExpression") return "function";
    if (node !== fn && (node.type === "PropertyDefinition" || node.type === "AccessorProperty")) return "class";
    if (node.type === "StaticBlock") return "class";
  }
  return isModule ? "none" : "module";
}

function faultOfArguments(place: ExpressionPlace): PlaceFault | undefined {
  const from = thisAt(place);
  if (from === "class") return { type: "out of place", reason: "a class field has none" };
  return outOfPlace(from === "none", "an arrow function has none of its own");
}

function isInMethod({ path }: ExpressionPlace): boolean {
  for (let at: Path | null = path; at !== null; at = at.parent) {
    const { node, parent } = at;
    if (node.type === "PropertyDefinition" || node.type === "AccessorProperty" || node.type === "StaticBlock")
      return true;
    if (!isFunction(node) || node.type === "ArrowFunctionExpression") continue;
    const holder = parent?.node === node ? parent.parent?.node : parent?.node;
    return (
      holder?.type === "MethodDefinition" || (holder?.type === "Property" && (holder.method || holder.kind !== "init"))
    );
  }
  return false;
}

function declaresPrivate(text: string, path: Path): boolean {
  return isAround(
    path,
    (node) =>
      node.type === "ClassBody" &&
      node.body.some(
        (member) => "key" in member && member.key.type === "PrivateIdentifier" && `#${member.key.name}` === text,
      ),
  );
}

function isAround(path: Path, test: (node: Node) => boolean): boolean {
  for (let at: Path | null = path; at !== null; at = at.parent) if (test(at.node)) return true;
  return false;
}
