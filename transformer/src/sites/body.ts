import type { Node } from "oxc-parser";
import { type FunctionNode, isFunction, unwrap, walk, walkOwn } from "../ast.js";
import { bindingNames } from "../binding-names.js";

/** What a function says about the promise it may return; only plain (not `async`) functions are asked. */
export type Returns =
  /** Every returned expression makes its value anew: a call, `new`, a `.then` chain. A derived promise may be handed on. */
  | "fresh"
  /** Some returned expression names a value that others may hold: the very same promise must be handed on. */
  | "stored";

export function classifyReturns(fn: FunctionNode): Returns {
  const { body } = fn;
  if (body === null) return "fresh";
  if (body.type !== "BlockStatement") return isStored(body) ? "stored" : "fresh";
  let stored = false;
  walkOwn(body, ({ node }) => {
    if (node.type === "ReturnStatement" && node.argument !== null) stored ||= isStored(node.argument);
  });
  return stored ? "stored" : "fresh";
}

function isStored(expression: Node): boolean {
  // A list of what may be the value, so that a long `a || b || …` costs no stack.
  const pending = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const node = unwrap(next);
    switch (node.type) {
      case "Identifier":
      case "MemberExpression":
      case "AssignmentExpression":
      case "ThisExpression":
      case "YieldExpression":
        return true;
      case "ChainExpression":
        pending.push(node.expression);
        break;
      case "ConditionalExpression":
        pending.push(node.consequent, node.alternate);
        break;
      case "LogicalExpression":
        pending.push(node.left, node.right);
        break;
      case "SequenceExpression":
        pending.push(...node.expressions.slice(-1));
        break;
    }
  }
  return false;
}

/** The directives at the start of a body, such as `"use strict"`. */
export function directivesOf({ body }: FunctionNode): readonly Directive[] {
  return body === null || body.type !== "BlockStatement" ? [] : directivesIn(body.body);
}

interface Directive {
  readonly text: string;
  readonly end: number;
}

function directivesIn(statements: readonly Node[]): readonly Directive[] {
  const found: Directive[] = [];
  for (const statement of statements) {
    const text = statement.type === "ExpressionStatement" ? statement.directive : undefined;
    if (typeof text !== "string") break;
    found.push({ text, end: statement.end });
  }
  return found;
}

/**
 * Parameters that the body declares again. `var a` beside a parameter `a` starts
 * with the argument's value; inside a thunk it would start undefined.
 */
export type Redeclared =
  | { readonly type: "safe"; readonly names: readonly string[] }
  | { readonly type: "unsafe"; readonly name: string; readonly at: Node };

export function findRedeclared(fn: FunctionNode, parameters: readonly string[], strict: boolean): Redeclared {
  const { body } = fn;
  if (body === null || body.type !== "BlockStatement") return { type: "safe", names: [] };
  const bodyFunctions = new Map(
    body.body.flatMap((node): [string, Node][] =>
      node.type === "FunctionDeclaration" && node.id ? [[node.id.name, node]] : [],
    ),
  );
  const topLevel = new Set<Node>(body.body);
  const variables = new Map<string, Node>();
  const blockFunctions = new Map<string, Node>();
  walkOwn(body, ({ node }) => {
    if (node.type === "FunctionDeclaration" && node.id && !topLevel.has(node)) {
      blockFunctions.set(node.id.name, node.id);
    }
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      for (const { id } of node.declarations) for (const name of bindingNames(id)) variables.set(name, id);
    }
  });
  const again = parameters.filter((name) => variables.has(name) || bodyFunctions.has(name));
  for (const name of strict ? [] : parameters) {
    // Sloppy mode hoists a block's function out of it, but not over a parameter, and a thunk has none.
    const hoisted = blockFunctions.get(name);
    if (hoisted !== undefined) return { type: "unsafe", name, at: hoisted };
  }
  const own = variables.get("arguments");
  if (own !== undefined) return { type: "unsafe", name: "arguments", at: own };
  const first = again[0];
  // Sloppy functions with plain parameters share each with `arguments[i]`: an alias would break the link.
  const mapped =
    !strict && fn.type !== "ArrowFunctionExpression" && fn.params.every(({ type }) => type === "Identifier");
  const at = first === undefined ? undefined : (variables.get(first) ?? bodyFunctions.get(first));
  if (first !== undefined && at !== undefined && mapped && usesArguments(body))
    return { type: "unsafe", name: first, at };
  return { type: "safe", names: again.filter((name) => !bodyFunctions.has(name)) };
}

/** Whether the name stands in the body for the function's own `arguments`: in it or in an arrow function. */
function usesArguments(body: Node): boolean {
  let found = false;
  walk(body, ({ node }) => {
    found ||= node.type === "Identifier" && node.name === "arguments";
    return !found && (!isFunction(node) || node.type === "ArrowFunctionExpression");
  });
  return found;
}

/** Whether `"use strict"` holds inside of `around`: a module, a class body, or a directive of a function. */
export function isStrict(around: readonly Node[], hasModuleSyntax: boolean): boolean {
  return hasModuleSyntax || around.some((node) => node.type === "ClassBody" || hasDirective(node, "use strict"));
}

/** Whether `around`, inside out, lies in a `"use workflow"` body, which is replayed; its steps are not. */
export function isReplayed(around: readonly Node[]): boolean {
  const nearest = around.find((node) => hasDirective(node, "use workflow") || hasDirective(node, "use step"));
  return nearest !== undefined && hasDirective(nearest, "use workflow");
}

function hasDirective(node: Node, text: string): boolean {
  if (node.type === "Program") return directivesIn(node.body).some((directive) => directive.text === text);
  return isFunction(node) && directivesOf(node).some((directive) => directive.text === text);
}
