import { ts } from "ts-morph";
import type { Evidence } from "./calls.js";
import type { Suggestion } from "./suggest.js";
import type { FunctionNode, Unit } from "./units.js";

/** The attributes of a tag that can be known from the source, as they are written. */
export function attributesOf({ unit, kind, model }: Suggestion): readonly string[] {
  const attributes: string[] = [];
  const name = spanName(unit);
  if (name !== undefined) attributes.push(`name="${name}"`);
  if (model !== undefined) {
    const modelName = modelAttribute(model, unit.node);
    if (modelName !== undefined) attributes.push(`modelName=${modelName}`);
    const provider = model.provider ?? providerOfModel(model);
    if (provider !== undefined) attributes.push(`modelProvider="${provider}"`);
  }
  const session = kind === "workflow" || kind === "agent" ? sessionParameter(unit.node) : undefined;
  if (session !== undefined) attributes.push(`sessionId={${session}}`);
  return attributes;
}

/** Names that say what a function is for, not what it does: a tool's own name says more. */
const GENERIC_NAMES = new Set([
  "execute",
  "func",
  "fn",
  "handler",
  "run",
  "_call",
  "call",
  "function",
  "callback",
  "default",
]);

/** A name for functions whose own says nothing: the tool's, the route's, the variable's. */
function spanName({ name, node, declaration }: Unit): string | undefined {
  // Assigning to a property names no function.
  if (ts.isBinaryExpression(declaration)) return name;
  if (name !== undefined && !GENERIC_NAMES.has(name)) return undefined;
  for (let outer: ts.Node | undefined = node; outer !== undefined && !ts.isSourceFile(outer); outer = outer.parent) {
    if (outer !== node && ts.isFunctionLike(outer) && outer.parent !== node) return undefined;
    const found = nameGivenBy(outer);
    if (found !== undefined && /^[\w .:/-]{1,60}$/.test(found)) return found;
  }
  return undefined;
}

function nameGivenBy(node: ts.Node): string | undefined {
  if (ts.isObjectLiteralExpression(node)) {
    for (const property of node.properties) {
      if (!ts.isPropertyAssignment(property) || !ts.isStringLiteralLike(property.initializer)) continue;
      if (/^(?:name|id)$/.test(property.name.getText())) return property.initializer.text;
    }
  }
  if (ts.isCallExpression(node)) {
    const [first] = node.arguments;
    if (first !== undefined && ts.isStringLiteralLike(first)) return first.text;
  }
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && !GENERIC_NAMES.has(node.name.text))
    return node.name.text;
  return ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) ? node.name.text : undefined;
}

const SESSION = /^(?:sessionId|session_id|conversationId|conversation_id|threadId|thread_id|chatId|chat_id)$/;

function sessionParameter(node: FunctionNode): string | undefined {
  return bindings(node).find((name) => SESSION.test(name));
}

function bindings(node: FunctionNode): readonly string[] {
  const names: string[] = [];
  const add = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name);
  };
  for (const { name } of node.parameters) add(name);
  return names;
}

/** `"gpt-4o"`, or `{model}` where the expression means the same in the tag. */
function modelAttribute({ call }: Evidence, fn: FunctionNode): string | undefined {
  const value = modelOption(call);
  if (value === undefined) return undefined;
  if (ts.isStringLiteralLike(value)) return /["{}*]/.test(value.text) ? undefined : `"${value.text}"`;
  if (ts.isCallExpression(value)) {
    // `openai("gpt-4o")` of the AI SDK.
    const [first] = value.arguments;
    return first !== undefined && ts.isStringLiteralLike(first) ? `"${first.text}"` : undefined;
  }
  return isVisible(value, fn) && !/["\n]|\*\//.test(value.getText()) ? `{${value.getText()}}` : undefined;
}

function modelOption(call: Evidence["call"]): ts.Expression | undefined {
  for (const argument of call.arguments ?? []) {
    const options = ts.isNewExpression(argument) ? argument.arguments?.[0] : argument;
    if (options === undefined || !ts.isObjectLiteralExpression(options)) continue;
    for (const property of options.properties) {
      const name = property.name?.getText();
      if (name !== "model" && name !== "modelId") continue;
      if (ts.isPropertyAssignment(property)) return property.initializer;
      if (ts.isShorthandPropertyAssignment(property)) return property.name;
    }
  }
  return undefined;
}

/** `@ai-sdk/openai` makes models of OpenAI: the import of the model's factory says so. */
function providerOfModel({ call }: Evidence): string | undefined {
  const value = modelOption(call);
  if (value === undefined || !ts.isCallExpression(value)) return undefined;
  const factory = value.expression.getText().split(".")[0];
  for (const statement of call.getSourceFile().statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const provider = /^@ai-sdk\/([\w-]+)$/.exec(statement.moduleSpecifier.text)?.[1];
    const bound = statement.importClause?.namedBindings;
    if (provider === undefined || bound === undefined || !ts.isNamedImports(bound)) continue;
    if (bound.elements.some(({ name }) => name.text === factory)) return provider;
  }
  return undefined;
}

/** Every name of the expression is a parameter, `this`, or declared by the module itself. */
function isVisible(expression: ts.Expression, fn: FunctionNode): boolean {
  const root = rootOf(expression);
  if (root === undefined) return false;
  if (root.kind === ts.SyntaxKind.ThisKeyword) return ts.isMethodDeclaration(fn);
  if (!ts.isIdentifier(root)) return false;
  if (bindings(fn).includes(root.text)) return true;
  const declaresLocally = new RegExp(`\\b(?:const|let|var|function|class)\\s+${root.text}\\b`).test(fn.getText());
  return !declaresLocally && moduleNames(fn.getSourceFile()).has(root.text);
}

/** The `a` of `a.b?.c`; anything that computes has none. */
function rootOf(expression: ts.Expression): ts.Expression | undefined {
  if (ts.isPropertyAccessExpression(expression)) return rootOf(expression.expression);
  return ts.isIdentifier(expression) || expression.kind === ts.SyntaxKind.ThisKeyword ? expression : undefined;
}

function moduleNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) if (ts.isIdentifier(name)) names.add(name.text);
    }
    if (ts.isImportDeclaration(statement) && statement.importClause?.isTypeOnly !== true) {
      const bound = statement.importClause?.namedBindings;
      if (bound !== undefined && ts.isNamedImports(bound))
        for (const { name, isTypeOnly } of bound.elements) if (!isTypeOnly) names.add(name.text);
    }
  }
  return names;
}
