import type { Node } from "oxc-parser";
import { isFunction, type Path, unwrap } from "../ast.js";

/** Stands for a function without a name in qualified names. */
export const ANONYMOUS = "<anonymous>";

/** What `fn.name` is at run time, or undefined for a function without one: https://tc39.es/ecma262/#sec-setfunctionname */
export function functionName(path: Path, source: string): string | undefined {
  const fn = path.node;
  if (!isFunction(fn)) return undefined;
  if (fn.type !== "ArrowFunctionExpression" && fn.id) return fn.id.name;
  let holder = path.parent;
  while (holder !== null && holder.node !== unwrap(holder.node)) holder = holder.parent;
  return holder === null ? undefined : nameGivenBy(holder.node, fn, source);
}

function nameGivenBy(holder: Node, fn: Node, source: string): string | undefined {
  switch (holder.type) {
    case "VariableDeclarator":
      return identifierName(holder.id);
    case "AssignmentExpression":
    case "AssignmentPattern":
      return identifierName(holder.left);
    case "ExportDefaultDeclaration":
      return "default";
    case "MethodDefinition":
    case "PropertyDefinition":
    case "AccessorProperty":
    case "Property":
      if (holder.value === null || unwrap(holder.value) !== fn) return undefined;
      return `${accessorPrefix(holder)}${keyName(holder, source)}`;
    default:
      return undefined;
  }
}

/** A getter's name is `get x`: https://tc39.es/ecma262/#sec-runtime-semantics-methoddefinitionevaluation */
function accessorPrefix(holder: Node): string {
  return "kind" in holder && (holder.kind === "get" || holder.kind === "set") ? `${holder.kind} ` : "";
}

function identifierName(node: Node): string | undefined {
  return node.type === "Identifier" ? node.name : undefined;
}

interface Keyed {
  readonly key: Node;
  readonly computed: boolean;
}

/** As written for a computed key: evaluating it again could have effects. */
export function keyName({ key, computed }: Keyed, source: string): string {
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (key.type === "Identifier" && !computed) return key.name;
  if (key.type === "Literal") return String(key.value);
  return `[${source.slice(key.start, key.end)}]`;
}

/** What stands for a function in its qualified name: its own name, or what it is assigned to. */
export function nameInFile(path: Path, source: string): string {
  const own = functionName(path, source);
  if (own !== undefined) return own;
  const holder = path.parent?.node;
  if (holder?.type !== "AssignmentExpression") return ANONYMOUS;
  return source.slice(holder.left.start, holder.left.end).replace(/\s+/g, "");
}

/** The function's name with those of the classes, objects and functions around it: `Bot.answer`. */
export function qualifiedName(path: Path, own: string, source: string): string {
  return [...enclosingNames(path, source), own].join(".");
}

/** The qualified name of the function or class around a call or a block. */
export function nameAround(path: Path, source: string): string {
  return enclosingNames(path, source).join(".") || "<module>";
}

function enclosingNames(path: Path, source: string): readonly string[] {
  const parts: string[] = [];
  for (let above = path.parent; above !== null; above = above.parent) {
    const part = enclosingName(above, source);
    if (part !== undefined && part !== "") parts.unshift(part);
  }
  return parts;
}

function enclosingName(path: Path, source: string): string | undefined {
  const { node } = path;
  if (isFunction(node)) return functionName(path, source) ?? ANONYMOUS;
  switch (node.type) {
    case "ClassDeclaration":
    case "ClassExpression":
      return node.id?.name ?? heldName(path) ?? "<class>";
    case "ObjectExpression":
      return heldName(path);
    case "TSModuleDeclaration":
      return source.slice(node.id.start, node.id.end);
    default:
      return undefined;
  }
}

/** The name of the variable or property that an object or class literal is given to. */
function heldName({ parent }: Path): string | undefined {
  switch (parent?.node.type) {
    case "VariableDeclarator":
      return identifierName(parent.node.id);
    case "Property":
      return parent.node.key.type === "Identifier" ? parent.node.key.name : undefined;
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return heldName(parent);
    default:
      return undefined;
  }
}
