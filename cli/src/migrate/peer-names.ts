import { ts } from "ts-morph";
import type { Peer } from "./peers.js";

/** A name of the file that stands for the peer or a part of it. */
export interface PeerBinding {
  readonly name: string;
  /** What the peer calls it: `traceable` for `import { traceable as t }`; undefined for the whole package. */
  readonly exported: string | undefined;
  /** The import specifier, import clause, or variable declaration that makes it. */
  readonly declaration: ts.Node;
}

/** Every name that an import, a `require`, or a variable made of such a name gives to the peer. */
export function peerBindings(file: ts.SourceFile, { packages, setup }: Peer): readonly PeerBinding[] {
  const bindings = new Map<string, PeerBinding>();
  const add = (name: string, exported: string | undefined, declaration: ts.Node) =>
    bindings.set(name, { name, exported, declaration });

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      if (packages.test(node.moduleSpecifier.text)) addImport(node, add);
      return;
    }
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) addVariable(node, node.initializer);
    ts.forEachChild(node, visit);
  };
  const addVariable = (node: ts.VariableDeclaration, value: ts.Expression) => {
    const root = rootName(value);
    const isPeer =
      requiredPackage(value)?.match(packages) ||
      (root !== undefined && bindings.has(root) && !isCallResult(value, setup));
    if (!isPeer) return;
    if (ts.isIdentifier(node.name)) {
      const last = ts.isPropertyAccessExpression(value) ? value.name.text : undefined;
      add(node.name.text, last, node);
    } else if (ts.isObjectBindingPattern(node.name)) {
      for (const { name, propertyName } of node.name.elements) {
        if (ts.isIdentifier(name)) add(name.text, propertyName?.getText() ?? name.text, node);
      }
    }
  };
  visit(file);
  return [...bindings.values()];
}

function addImport(
  node: ts.ImportDeclaration,
  add: (name: string, exported: string | undefined, at: ts.Node) => void,
): void {
  const clause = node.importClause;
  if (clause?.name !== undefined) add(clause.name.text, undefined, node);
  const bound = clause?.namedBindings;
  if (bound === undefined) return;
  if (ts.isNamespaceImport(bound)) add(bound.name.text, undefined, node);
  else for (const each of bound.elements) add(each.name.text, (each.propertyName ?? each.name).text, each);
}

/** `a` of `a.b.c` and of `a.b.init()`. */
export function rootName(expression: ts.Expression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  if (
    ts.isPropertyAccessExpression(expression) ||
    ts.isCallExpression(expression) ||
    ts.isNonNullExpression(expression)
  ) {
    return rootName(expression.expression);
  }
  return undefined;
}

/** The package of `require("x")`, `require("x").y` and `require("x").init(…)`. */
function requiredPackage(expression: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(expression)) return requiredPackage(expression.expression);
  if (!ts.isCallExpression(expression)) return undefined;
  if (!ts.isIdentifier(expression.expression) || expression.expression.text !== "require") {
    return requiredPackage(expression.expression);
  }
  const [specifier] = expression.arguments;
  return specifier !== undefined && ts.isStringLiteral(specifier) ? specifier.text : undefined;
}

/** A value that a function of the peer made (`traceable(…)`) is not the peer; what its setup gives back is. */
function isCallResult(expression: ts.Expression, setup: readonly string[]): boolean {
  if (!ts.isCallExpression(expression)) return false;
  const called = expression.expression.getText().split(".").at(-1) ?? "";
  return called !== "init" && !setup.includes(called);
}
