import type { CallExpression, Node } from "oxc-parser";
import { isFunction, type Path, unwrap } from "../ast.js";
import type { Target } from "./target.js";

/**
 * What a tag means that stands before something whose value is `value`: the function
 * it is, or the call it comes from. `start` is where that something begins.
 */
export function valueTarget(parent: Path, value: Node | null, start: number, otherwise: string): Target {
  const target = value === null ? undefined : expressionTarget({ node: value, parent }, start);
  return target ?? { type: "other", what: otherwise };
}

/** The function or the call that an expression is; undefined for any other expression. */
export function expressionTarget(path: Path, start: number): Target | undefined {
  const inner = innerPath(path);
  const { node } = inner;
  if (isFunction(node)) {
    return isWaited(path, inner) ? undefined : { type: "function", node, path: inner, start };
  }
  if (node.type === "CallExpression") return callTarget(inner, node);
  const what = UNTRACED[node.type];
  return what === undefined ? undefined : { type: "other", what };
}

const UNTRACED: Readonly<Partial<Record<Node["type"], string>>> = {
  NewExpression: "a `new` expression",
  TaggedTemplateExpression: "a tagged template",
  ImportExpression: "an `import()`",
};

function callTarget(path: Path, node: CallExpression): Target {
  // A function called where it stands is traced as the function it is.
  const callee = innerPath({ node: node.callee, parent: path });
  if (isFunction(callee.node) && !isWaited({ node: node.callee, parent: path }, callee)) {
    return { type: "function", node: callee.node, path: callee, start: callee.node.start };
  }
  if (path.parent?.node.type === "Decorator") return { type: "other", what: "a decorator" };
  const what = fixedCall(callee.node);
  return what === undefined ? { type: "call", node, path } : { type: "other", what };
}

/** Calls that mean something by how they are written: another spelling would do something else. */
function fixedCall(callee: Node): string | undefined {
  switch (callee.type) {
    case "Super":
      return "a `super()` call";
    case "Identifier":
      return callee.name === "eval" ? "an `eval`" : fixedRequire(callee);
    case "MemberExpression":
      return callee.object.type === "MetaProperty" && callee.object.meta.name === "import"
        ? "a call on `import.meta`"
        : fixedRequire(callee.object);
    default:
      return undefined;
  }
}

function fixedRequire(node: Node): string | undefined {
  return node.type === "Identifier" && node.name === "require" ? "a call of `require`" : undefined;
}

/** Looks through what `unwrap` does, and through `await`, `void` and the bounds of an optional chain. */
function innerPath(path: Path): Path {
  const below = (node: Node): Path => innerPath({ node, parent: path });
  const { node } = path;
  switch (node.type) {
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "ChainExpression":
      return below(node.expression);
    case "AwaitExpression":
      return below(node.argument);
    case "UnaryExpression":
      return node.operator === "void" ? below(node.argument) : path;
    default:
      return path;
  }
}

/** An `await` or `void` between: the value is not that of the function. */
function isWaited(outer: Path, inner: Path): boolean {
  return unwrap(outer.node) !== inner.node;
}

/** Whether more follows an expression in its own chain of members and calls, so that it is no operand by itself. */
export function isContinued({ node, parent }: Path): boolean {
  switch (parent?.node.type) {
    case "MemberExpression":
      return parent.node.object === node;
    case "CallExpression":
    case "NewExpression":
      return parent.node.callee === node;
    case "TaggedTemplateExpression":
      return parent.node.tag === node;
    case "ChainExpression":
    case "TSNonNullExpression":
      return isContinued(parent);
    default:
      return false;
  }
}
