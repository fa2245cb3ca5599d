import { ts } from "ts-morph";

export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration
  | ts.ConstructorDeclaration;

/**
 * A function that may get a span of its own: one with a name, or one that a package calls. Functions written inside it
 * that have neither (`docs.map(async (doc) => …)`) are part of it.
 */
export interface Unit {
  readonly node: FunctionNode;
  /** What `fn.name` is; undefined for a callback. */
  readonly name: string | undefined;
  /** What calls of it resolve to: the declaration that holds it. */
  readonly declaration: ts.Node;
  /** Calls and constructions in its body, those of the nested functions that are part of it included. */
  readonly calls: readonly (ts.CallExpression | ts.NewExpression)[];
  /** The unit it is written in. */
  readonly outer: Unit | undefined;
}

/** Calls outside of every function: the module runs them when it is loaded. */
export interface ModuleCalls {
  readonly calls: readonly (ts.CallExpression | ts.NewExpression)[];
}

/** Every unit of a file. `isCalledByPackage` tells of a nameless function whether a package calls it. */
export function findUnits(
  file: ts.SourceFile,
  isCalledByPackage: (node: ts.Node) => boolean,
): { readonly units: readonly Unit[]; readonly module: ModuleCalls } {
  const units: Unit[] = [];
  const moduleCalls: (ts.CallExpression | ts.NewExpression)[] = [];
  const visit = (node: ts.Node, unit: Unit | undefined, calls: (ts.CallExpression | ts.NewExpression)[]): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(node);
    if (!isFunctionNode(node) || node.body === undefined) {
      ts.forEachChild(node, (child) => visit(child, unit, calls));
      return;
    }
    const declaration = holder(node);
    const name = nameOf(declaration);
    if (name === undefined && !isCalledByPackage(node)) {
      ts.forEachChild(node, (child) => visit(child, unit, calls));
      return;
    }
    const own: (ts.CallExpression | ts.NewExpression)[] = [];
    const made: Unit = { node, name, declaration, calls: own, outer: unit };
    units.push(made);
    ts.forEachChild(node, (child) => visit(child, made, own));
  };
  visit(file, undefined, moduleCalls);
  return { units, module: { calls: moduleCalls } };
}

export function isFunctionNode(node: ts.Node): node is FunctionNode {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isConstructorDeclaration(node)
  );
}

/** Looks out of a function through parentheses, `as`, `satisfies` and `!` for what holds it. */
function holder(node: FunctionNode): ts.Node {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return node;
  let outer: ts.Node = node.parent;
  while (
    ts.isParenthesizedExpression(outer) ||
    ts.isAsExpression(outer) ||
    ts.isSatisfiesExpression(outer) ||
    ts.isNonNullExpression(outer)
  ) {
    outer = outer.parent;
  }
  const isHeld =
    ts.isVariableDeclaration(outer) ||
    ts.isPropertyAssignment(outer) ||
    ts.isPropertyDeclaration(outer) ||
    ts.isExportAssignment(outer) ||
    (ts.isBinaryExpression(outer) && outer.operatorToken.kind === ts.SyntaxKind.EqualsToken);
  return isHeld ? outer : node;
}

function nameOf(declaration: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(declaration)) return "constructor";
  if (ts.isExportAssignment(declaration)) return "default";
  if (ts.isBinaryExpression(declaration)) {
    const { left } = declaration;
    return ts.isPropertyAccessExpression(left) ? left.name.text : undefined;
  }
  if (ts.isFunctionDeclaration(declaration)) return declaration.name?.text ?? "default";
  if (
    ts.isVariableDeclaration(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isPropertyDeclaration(declaration) ||
    ts.isMethodDeclaration(declaration) ||
    ts.isAccessor(declaration)
  ) {
    const { name } = declaration;
    return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
  }
  return undefined;
}
