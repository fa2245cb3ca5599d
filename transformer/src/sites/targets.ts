import type { MethodDefinition, Node, VariableDeclaration } from "oxc-parser";
import { isFunction, type Path, unwrap, walk } from "../ast.js";
import { expressionTarget, isContinued, valueTarget } from "./expression-target.js";
import type { Target } from "./target.js";

/** A tag at any token from `from` to `to`, inclusive, means `target`; decorators' insides do not count. */
export interface Claim {
  readonly from: number;
  readonly to: number;
  readonly target: Target;
  readonly decorators: readonly Node[];
}

/**
 * Hands over every place of the program that a tag can stand before. Nodes that
 * hold no tag, by `holdsTag` of their range, are not entered.
 */
export function findTargets(
  program: Node,
  holdsTag: (start: number, end: number) => boolean,
  claim: (claim: Claim) => void,
): void {
  const add = (from: number, to: number, target: Target, decorators: readonly Node[] = []) =>
    claim({ from, to, target, decorators });

  // Decorators may stand before `export`, outside of its node.
  const addDecoratedClass = (declaration: Node, end: number) => {
    const first = declaration.type === "ClassDeclaration" ? declaration.decorators[0] : undefined;
    if (first !== undefined && first.start < end) add(first.start, end, { type: "other", what: "a class" });
  };

  walk(program, (path) => {
    const { node, parent } = path;
    // `export` belongs to the head of the declaration it is before.
    const outer =
      parent?.node.type === "ExportNamedDeclaration" || parent?.node.type === "ExportDefaultDeclaration"
        ? parent.node
        : node;
    switch (node.type) {
      case "FunctionDeclaration":
        add(outer.start, node.id?.start ?? node.start, { type: "function", node, path, start: node.start });
        break;
      case "TSDeclareFunction":
        add(
          outer.start,
          node.id?.start ?? node.start,
          node.declare
            ? { type: "no-body", what: "a declared function" }
            : { type: "overload", name: node.id?.name ?? "default", path },
        );
        break;
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        if (!isMemberValue(path)) {
          const start = outer === node ? node.start : outer.start;
          add(start, node.start, { type: "function", node, path, start: node.start });
        }
        break;
      case "ParenthesizedExpression": {
        const target = expressionTarget(path, node.start);
        if (target?.type === "function" || (target !== undefined && !isContinued(path))) {
          add(node.start, node.start, target);
        }
        break;
      }
      case "CallExpression":
      case "NewExpression":
      case "TaggedTemplateExpression":
      case "ImportExpression":
      case "AwaitExpression":
      case "TSTypeAssertion": {
        const target = isContinued(path) ? undefined : expressionTarget(path, node.start);
        if (target !== undefined) add(node.start, node.start, target);
        break;
      }
      case "VariableDeclaration":
        add(outer.start, node.start, variableTarget(path, node));
        break;
      case "VariableDeclarator":
        add(node.start, node.start, valueTarget(path, node.init, node.start, "a variable without a function"));
        break;
      case "ExpressionStatement":
        add(node.start, node.start, statementTarget(path, node.expression));
        break;
      case "TSExportAssignment":
        add(node.start, node.start, valueTarget(path, node.expression, node.start, "an export without a function"));
        break;
      case "ExportNamedDeclaration":
        if (node.declaration === null)
          add(node.start, node.start, { type: "other", what: "an export without a function" });
        else addDecoratedClass(node.declaration, node.start);
        break;
      case "ExportDefaultDeclaration":
        addDecoratedClass(node.declaration, node.start);
        if (unwrap(node.declaration) !== node.declaration || !isDeclared(node.declaration)) {
          add(node.start, node.start, valueTarget(path, node.declaration, node.start, "an export without a function"));
        }
        break;
      case "MethodDefinition":
      case "TSAbstractMethodDefinition":
        add(node.start, node.key.start, methodTarget(path, node), node.decorators);
        break;
      case "PropertyDefinition":
      case "AccessorProperty":
        add(
          node.start,
          node.key.start,
          valueTarget(path, node.value, node.key.start, "a field without a function"),
          node.decorators,
        );
        break;
      case "TSAbstractPropertyDefinition":
      case "TSAbstractAccessorProperty":
        add(node.start, node.key.start, { type: "other", what: "an abstract member" });
        break;
      case "Property":
        if (parent?.node.type === "ObjectExpression") {
          add(node.start, node.key.start, propertyTarget(path, node));
        }
        break;
      case "BlockStatement":
        if (parent !== null && STATEMENT_PLACES.has(parent.node.type)) {
          add(node.start, node.start, { type: "block", node, path });
        }
        break;
      case "ReturnStatement":
        add(node.start, node.start, valueTarget(path, node.argument, node.start, "a return statement"));
        break;
      default: {
        const what = OTHER[node.type];
        if (what !== undefined) add(outer.start, node.start, { type: "other", what });
      }
    }
    return holdsTag(node.start, node.end);
  });
}

/** Things a tag has been seen on that have nothing to trace. */
const OTHER: Readonly<Partial<Record<Node["type"], string>>> = {
  ClassDeclaration: "a class",
  ClassExpression: "a class",
  ImportDeclaration: "an import",
  ExportAllDeclaration: "an export without a function",
  TSTypeAliasDeclaration: "a type",
  TSInterfaceDeclaration: "an interface",
  TSEnumDeclaration: "an enum",
  TSModuleDeclaration: "a namespace",
  TSImportEqualsDeclaration: "an import",
  TSPropertySignature: "a type member",
  TSMethodSignature: "a type member",
  TSIndexSignature: "a type member",
  StaticBlock: "a static block",
  ThrowStatement: "a throw statement",
  IfStatement: "an if statement",
  ForStatement: "a loop",
  ForInStatement: "a loop",
  ForOfStatement: "a loop",
  WhileStatement: "a loop",
  DoWhileStatement: "a loop",
  TryStatement: "a try statement",
  SwitchStatement: "a switch statement",
  LabeledStatement: "a label",
};

function isMemberValue({ parent }: Path): boolean {
  if (parent === null) return false;
  const { node } = parent;
  return (
    node.type === "MethodDefinition" ||
    node.type === "TSAbstractMethodDefinition" ||
    (node.type === "Property" && (node.method || node.kind !== "init"))
  );
}

function isDeclared(node: Node): boolean {
  return isFunction(node) || node.type === "ClassDeclaration" || node.type.startsWith("TS");
}

/** Where a block is a statement of its own; the blocks of functions and `try` are parts of something else. */
const STATEMENT_PLACES: ReadonlySet<Node["type"]> = new Set([
  "Program",
  "BlockStatement",
  "StaticBlock",
  "TSModuleBlock",
  "SwitchCase",
  "LabeledStatement",
  "IfStatement",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
  "WithStatement",
]);

function variableTarget(path: Path, node: VariableDeclaration): Target {
  const [first, ...rest] = node.declarations;
  if (rest.length > 0) return { type: "several-declarators" };
  if (first === undefined) return { type: "other", what: "a variable without a function" };
  const below: Path = { node: first, parent: path };
  return valueTarget(below, first.init, first.start, "a variable without a function");
}

function statementTarget(path: Path, expression: Node): Target {
  const inner = unwrap(expression);
  if (inner.type === "AssignmentExpression") {
    const assignment: Path = { node: inner, parent: path };
    return valueTarget(assignment, inner.right, inner.start, "an assignment without a function");
  }
  return valueTarget(path, expression, expression.start, "a statement without a function");
}

function methodTarget(path: Path, node: MethodDefinition): Target {
  if (node.kind === "constructor") return { type: "other", what: "a constructor" };
  if (node.type === "TSAbstractMethodDefinition") return { type: "no-body", what: "an abstract method" };
  const fn: Node = node.value;
  if (fn.type === "TSEmptyBodyFunctionExpression" || !isFunction(fn)) {
    return { type: "overload", name: memberName(node), path };
  }
  return { type: "function", node: fn, path: { node: fn, parent: path }, start: node.key.start };
}

function memberName(node: MethodDefinition): string {
  return "name" in node.key && typeof node.key.name === "string" ? node.key.name : "";
}

function propertyTarget(path: Path, node: { readonly kind: string; readonly key: Node; readonly value: Node }): Target {
  if (node.kind !== "init" && isFunction(node.value)) {
    return { type: "function", node: node.value, path: { node: node.value, parent: path }, start: node.key.start };
  }
  return valueTarget(path, node.value, node.key.start, "a property without a function");
}
