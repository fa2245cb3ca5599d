import type { ArrowFunctionExpression, Node, Function as OxcFunction } from "oxc-parser";

export type { Node } from "oxc-parser";

/** A function with a body; `body` of an arrow may be an expression. */
export type FunctionNode = OxcFunction | ArrowFunctionExpression;

/** A node with the way up to the root. */
export interface Path {
  readonly node: Node;
  readonly parent: Path | null;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The child nodes, in the order of the tree's own keys. */
export function children(node: Node): readonly Node[] {
  const found: Node[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) found.push(item);
    } else if (isNode(value)) {
      found.push(value);
    }
  }
  return found;
}

/**
 * Visits every node below and including `root`, parents first. `enter` returns
 * false to leave a node's children out. Keeps its own stack, so that deep
 * nesting costs memory and not a stack overflow.
 */
export function walk(root: Node, enter: (path: Path) => boolean | undefined): void {
  const pending: Path[] = [{ node: root, parent: null }];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (enter(path) === false) continue;
    const below = children(path.node);
    for (let index = below.length - 1; index >= 0; index--) {
      const node = below[index];
      if (node !== undefined) pending.push({ node, parent: path });
    }
  }
}

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression"
  );
}

export function isGenerator(fn: FunctionNode): boolean {
  return fn.type !== "ArrowFunctionExpression" && fn.generator;
}

/** Visits what belongs to a function itself: nested functions and classes are handed over but not entered. */
export function walkOwn(root: Node, enter: (node: Node) => void): void {
  walk(root, ({ node }) => {
    enter(node);
    return node === root || !(isFunction(node) || node.type === "ClassBody");
  });
}

/** Looks through parentheses, `as`, `satisfies`, `!` and old-style type assertions. */
export function unwrap(node: Node): Node {
  let inner = node;
  while (
    inner.type === "ParenthesizedExpression" ||
    inner.type === "TSAsExpression" ||
    inner.type === "TSSatisfiesExpression" ||
    inner.type === "TSNonNullExpression" ||
    inner.type === "TSTypeAssertion"
  ) {
    inner = inner.expression;
  }
  return inner;
}
