import type { CallExpression, MemberExpression, Node } from "oxc-parser";
import { unwrap, walkOwn } from "../ast.js";
import { keyName } from "./function-name.js";

/** What is called, taken apart so that each part is evaluated once, where and when it was. */
export type CalledThing =
  /** A plain value: `f(x)`. In its parentheses, which keep a list of expressions one. */
  | { readonly type: "value"; readonly node: Node; readonly isSuper: false }
  /** `super.f(x)`: the method is found by `super`, and called with `this`. */
  | { readonly type: "value"; readonly node: MemberExpression; readonly isSuper: true }
  | {
      readonly type: "member";
      readonly node: MemberExpression;
      /** Behind each object that something is looked up on: `a.b.f(x)` has one, `a?.b.f(x)` two. */
      readonly lookups: readonly number[];
      /** The call is left out where an object before a `?.` is null or undefined. */
      readonly mayBeLeftOut: boolean;
    };

/** Why a call can't be taken apart. */
export interface Entangled {
  readonly what: string;
  readonly mend: string;
}

export function calledThing(call: CallExpression, around: readonly Node[]): CalledThing | Entangled {
  const node = calleeOf(call);
  const isMember = node.type === "MemberExpression";
  if (isMember && node.object.type === "Super") return { type: "value", node, isSuper: true };
  // Parentheses end a chain: what is left out inside of them is undefined outside.
  const isChained = isPartOfChain(call.callee, node);
  const skipping = isMember || isChained ? objectsBeforeOptional(node) : [];
  if (skipping === undefined) return BEHIND_OPTIONAL_CALL;
  if (!isMember) {
    if (skipping.length > 0) return BEHIND_OPTIONAL_CALL;
    const isScoped = node.type === "Identifier" && around.some(({ type }) => type === "WithStatement");
    return isScoped ? IN_WITH : { type: "value", node: call.callee, isSuper: false };
  }
  const lookups = [...new Set([...skipping, node.object.end])];
  const keyword = findWait(node, lookups[0] ?? node.object.end);
  if (keyword !== undefined) {
    return {
      what: `a call that needs ${keyword} to find its method`,
      mend: `Put what it needs ${keyword} for into a variable first.`,
    };
  }
  return { type: "member", node, lookups, mayBeLeftOut: isChained && skipping.length > 0 };
}

const BEHIND_OPTIONAL_CALL: Entangled = {
  what: "a call behind an optional one in the same chain",
  mend: "Put what comes before it into a variable first.",
};

const IN_WITH: Entangled = {
  what: "a call in a `with` statement",
  mend: "Call it as a member of its object.",
};

/** What a call calls, without parentheses and type syntax. */
function calleeOf({ callee }: CallExpression): Node {
  const node = unwrap(callee);
  return node.type === "ChainExpression" ? unwrap(node.expression) : node;
}

/** Without parentheses between, a `?.` in what is called skips the call too. */
function isPartOfChain(callee: Node, node: Node): boolean {
  return callee === node || (callee.type === "TSNonNullExpression" && isPartOfChain(callee.expression, node));
}

/**
 * Behind each object before a `?.` in the chain that ends in `callee`, in source order.
 * Undefined when something in the chain is called with `?.`.
 */
function objectsBeforeOptional(callee: Node): readonly number[] | undefined {
  const found: number[] = [];
  for (let node = callee; ; ) {
    switch (node.type) {
      case "MemberExpression":
        if (node.optional) found.unshift(node.object.end);
        node = node.object;
        break;
      case "CallExpression":
        if (node.optional) return undefined;
        node = node.callee;
        break;
      case "TSNonNullExpression":
        node = node.expression;
        break;
      default:
        return found;
    }
  }
}

/** What keeps the part of a callee behind `from` from being evaluated in a function of its own. */
function findWait(callee: Node, from: number): string | undefined {
  let found: string | undefined;
  walkOwn(callee, ({ node }) => {
    if (node.start < from) return;
    if (node.type === "AwaitExpression") found = "`await`";
    if (node.type === "YieldExpression") found = "`yield`";
    if (isDirectEval(node)) found = "`eval`";
  });
  return found;
}

/** An `eval` that declares into the function it is written in. */
export function isDirectEval(node: Node): boolean {
  return node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "eval";
}

/** The last member of what is called: `search` of `store.search(q)`. */
export function calleeName(callee: CalledThing, source: string): string | undefined {
  const node = unwrap(callee.node);
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression"
    ? keyName({ key: node.property, computed: node.computed }, source)
    : undefined;
}

/** What is called as the engine names it in `… is not a function`: V8's words. */
export function calleeText(node: Node, source: string): string {
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "ThisExpression":
      return "this";
    case "CallExpression":
      return `${calleeText(node.callee, source)}(...)`;
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return calleeText(node.expression, source);
    case "MemberExpression":
      return calleeText(node.object, source) + memberText(node, source);
    default:
      return "(intermediate value)";
  }
}

function memberText({ property, computed, optional }: MemberExpression, source: string): string {
  const key = keyName({ key: property, computed }, source);
  if (property.type === "PrivateIdentifier") return `[${key}]`;
  if (property.type === "Literal" && typeof property.value !== "string") return `[${key}]`;
  return `${optional ? "?." : computed && property.type !== "Literal" ? "" : "."}${key}`;
}
