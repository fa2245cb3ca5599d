import type { FunctionNode, Node, Path } from "../ast.js";
import { type Declared, declarationsIn, headDeclarations, namespaceExports } from "./declarations.js";

/** What a name means at a place, by the declarations of the file; undefined where none is in sight. */
export function resolve(name: string, from: Path | null): Declared | undefined {
  let type: Declared | undefined;
  for (let at = from; at !== null; at = at.parent) {
    // What it holds is known at run time only.
    if (at.node.type === "WithStatement") return "value";
    const declared = declarationsIn(at.node).get(name) ?? inNamespaces(name, at);
    if (declared === "type") type = declared;
    else if (declared !== undefined) return declared;
  }
  return type;
}

/** A namespace sees what its other parts export; which are its other parts is not looked at. */
function inNamespaces(name: string, at: Path): Declared | undefined {
  if (at.node.type !== "TSModuleDeclaration") return undefined;
  return namespaceExports(rootOf(at)).get(name);
}

function rootOf(path: Path): Node {
  let root = path;
  while (root.parent !== null) root = root.parent;
  return root.node;
}

/** The same for a tag's expression: with `fn`, what a default of its parameters sees. */
export function resolveInTag(name: string, path: Path, fn: FunctionNode | undefined): Declared | undefined {
  const own = fn === undefined ? undefined : headDeclarations(fn).get(name);
  if (own === "value") return own;
  return resolve(name, outside(path, fn)) ?? own;
}

/** Values that a tag's expression can name, the nearest first. */
export function namesInSight(path: Path, fn: FunctionNode | undefined): readonly string[] {
  const names = new Set<string>();
  const add = (declarations: ReadonlyMap<string, Declared>) => {
    for (const [name, declared] of declarations) if (declared === "value" && name !== "arguments") names.add(name);
  };
  if (fn !== undefined) add(headDeclarations(fn));
  for (let at = outside(path, fn); at !== null; at = at.parent) {
    add(declarationsIn(at.node));
    if (at.node.type === "TSModuleDeclaration") add(namespaceExports(rootOf(at)));
  }
  return [...names];
}

/** An implementation's way up can begin with itself twice. */
function outside(path: Path, fn: FunctionNode | undefined): Path | null {
  let at: Path | null = path;
  while (at !== null && at.node === fn) at = at.parent;
  return at;
}
