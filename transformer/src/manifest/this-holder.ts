import type { ArrowFunctionExpression, Class, Node, ObjectExpression } from "oxc-parser";
import { isFunction, type Path } from "../ast.js";

/** What `this` is at a place. */
export type ThisHolder =
  | { readonly type: "class"; readonly node: Class; readonly path: Path; readonly isStatic: boolean }
  | { readonly type: "object"; readonly node: ObjectExpression; readonly path: Path };

/** The class or object literal whose member a place is in; undefined where `this` is something else, or unknown. */
export function thisHolder(from: Path): ThisHolder | undefined {
  let below: Path = from;
  for (let at = from.parent; at !== null; below = at, at = at.parent) {
    const { node } = at;
    if (node.type === "StaticBlock") return classAround(at, true);
    const isField = node.type === "PropertyDefinition" || node.type === "AccessorProperty";
    if (isField && node.value === below.node) return classAround(at, node.static);
    if (isFunction(node) && node.type !== "ArrowFunctionExpression") return holderOf(at, node);
  }
  return undefined;
}

function holderOf(path: Path, fn: Exclude<Node, ArrowFunctionExpression>): ThisHolder | undefined {
  const holder = path.parent;
  if (holder?.node.type === "MethodDefinition") return classAround(holder, holder.node.static);
  if (holder?.node.type === "PropertyDefinition" && holder.node.value === fn) {
    return classAround(holder, holder.node.static);
  }
  const object = holder?.node.type === "Property" && holder.node.value === fn ? holder.parent : null;
  return object?.node.type === "ObjectExpression" ? { type: "object", node: object.node, path: object } : undefined;
}

/** The class of a member. */
function classAround({ parent }: Path, isStatic: boolean): ThisHolder | undefined {
  const path = parent?.parent;
  const isClass = path?.node.type === "ClassDeclaration" || path?.node.type === "ClassExpression";
  return isClass ? { type: "class", node: path.node, path, isStatic } : undefined;
}
