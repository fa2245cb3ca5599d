import type { Node } from "oxc-parser";
import { isFunction, type Path, walk } from "../ast.js";

/** A use of a function's own `arguments`. */
export interface OwnArguments {
  readonly start: number;
  readonly end: number;
  /** Written as `{ arguments }`. */
  readonly isShorthand: boolean;
}

/** Where code names its function's `arguments`: in it or in an arrow function, whose `arguments` are the same. */
export function findOwnArguments(root: Node): readonly OwnArguments[] {
  const found = new Map<number, OwnArguments>();
  walkLexical(root, ({ node, parent }) => {
    if (node.type !== "Identifier" || node.name !== "arguments" || !isUse(node, parent)) return;
    const isShorthand = parent?.node.type === "Property" && parent.node.shorthand;
    found.set(node.start, { start: node.start, end: node.end, isShorthand });
  });
  return [...found.values()];
}

/** Visits what sees a function's own `this` and `arguments`: not the bodies of other functions and classes. */
function walkLexical(root: Node, enter: (path: Path) => void): void {
  walk(root, (path) => {
    enter(path);
    return !(
      (isFunction(path.node) && path.node.type !== "ArrowFunctionExpression") ||
      path.node.type === "PropertyDefinition" ||
      path.node.type === "StaticBlock"
    );
  });
}

/** A name for a value, not for a member: `a.arguments` and `{ arguments: 1 }` are something else. */
function isUse(node: Node, parent: Path | null): boolean {
  const holder = parent?.node;
  if (holder?.type === "MemberExpression") return holder.object === node || holder.computed;
  if (holder?.type === "Property") return holder.value === node || holder.computed || holder.shorthand;
  return holder?.type !== "MethodDefinition" || holder.computed;
}
