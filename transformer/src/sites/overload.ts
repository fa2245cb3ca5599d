import type { Node } from "oxc-parser";
import { children, type FunctionNode, isFunction, type Path } from "../ast.js";
import type { DiagnosticList } from "../diagnostics/diagnostic.js";
import type { PlacedDirective } from "../directive/directive.js";
import type { FunctionTarget } from "./target.js";

/** The function that an overload signature belongs to: the next sibling of its name that has a body. Reports its absence. */
export function implementation(
  target: { readonly name: string; readonly path: Path },
  { start, end }: PlacedDirective,
  diagnostics: DiagnosticList,
): FunctionTarget | undefined {
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
      return { type: "function", node: body.fn, path, start: body.start };
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
