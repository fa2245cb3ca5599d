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

/**
 * Visits what runs as a part of `root` itself: functions are handed over but not
 * entered, fields and static blocks of classes are left out. Paths end at `root`.
 */
export function walkOwn(root: Node, enter: (path: Path) => void): void {
  walk(root, (path) => {
    const { node, parent } = path;
    if (node !== root && (node.type === "StaticBlock" || isFieldValue(node, parent))) return false;
    enter(path);
    return node === root || !isFunction(node);
  });
}

function isFieldValue(node: Node, parent: Path | null): boolean {
  const holder = parent?.node;
  return (holder?.type === "PropertyDefinition" || holder?.type === "AccessorProperty") && holder.value === node;
}

/** Everything around a node, inside out. */
export function ancestors({ parent }: Path): readonly Node[] {
  const found: Node[] = [];
  for (let above = parent; above !== null; above = above.parent) found.push(above.node);
  return found;
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
