import type { Node } from "oxc-parser";
import { type FunctionNode, isFunction, walk } from "../ast.js";
import { bindingNames } from "../binding-names.js";

/**
 * What a name is where it is declared. A `type` leaves a value of that name from
 * further out in sight; a `type-only import` hides it.
 */
export type Declared = "value" | "type" | "type-only import";

export type Declarations = ReadonlyMap<string, Declared>;

const known = new WeakMap<Node, Declarations>();

/** The names a node declares for what is inside it; none for most nodes. */
export function declarationsIn(node: Node): Declarations {
  let found = known.get(node);
  if (found === undefined) {
    found = new Names(node).all;
    known.set(node, found);
  }
  return found;
}

const knownHeads = new WeakMap<FunctionNode, Declarations>();

/** What the defaults of a function's parameters see of it: parameters, type parameters, an expression's own name. */
export function headDeclarations(fn: FunctionNode): Declarations {
  let found = knownHeads.get(fn);
  if (found === undefined) {
    const names = new Names();
    names.head(fn);
    found = names.all;
    knownHeads.set(fn, found);
  }
  return found;
}

/** Every variable, function and class that a function's own body declares, in nested blocks too. */
export function bodyDeclarations({ body }: FunctionNode): ReadonlySet<string> {
  const found = new Set<string>();
  if (body === null || body.type !== "BlockStatement") return found;
  walk(body, ({ node }) => {
    for (const [name, declared] of isFunction(node) ? [] : declarationsIn(node)) {
      if (declared === "value") found.add(name);
    }
    if (node === body) for (const name of hoisted(body)) found.add(name);
    return !isFunction(node) && node.type !== "ClassBody";
  });
  return found;
}

const knownNamespaces = new WeakMap<Node, Declarations>();

/** What all namespaces below a node export. */
export function namespaceExports(root: Node): Declarations {
  let found = knownNamespaces.get(root);
  if (found === undefined) {
    const names = new Names();
    walk(root, ({ node, parent }) => {
      if (node.type === "ExportNamedDeclaration" && parent?.node.type === "TSModuleBlock") names.statement(node);
      return node === root || NAMESPACE_PARTS.has(node.type);
    });
    found = names.all;
    knownNamespaces.set(root, found);
  }
  return found;
}

const NAMESPACE_PARTS = new Set<Node["type"]>(["ExportNamedDeclaration", "TSModuleDeclaration", "TSModuleBlock"]);

const NOTHING: Declarations = new Map();

class Names {
  readonly #found = new Map<string, Declared>();

  constructor(scope?: Node) {
    if (scope !== undefined) this.#scope(scope);
  }

  get all(): Declarations {
    return this.#found.size === 0 ? NOTHING : this.#found;
  }

  head(fn: FunctionNode): void {
    this.#typeParameters(fn);
    if (fn.type !== "ArrowFunctionExpression") this.#add("arguments");
    if (fn.type === "FunctionExpression") this.#add(fn.id?.name);
    for (const parameter of fn.params) this.#bind(parameter);
  }

  #scope(node: Node): void {
    switch (node.type) {
      case "Program":
      case "TSModuleBlock":
      case "StaticBlock":
        for (const name of hoisted(node)) this.#add(name);
        for (const statement of node.body) this.statement(statement);
        return;
      case "BlockStatement":
        for (const statement of node.body) this.statement(statement);
        return;
      case "SwitchStatement":
        for (const { consequent } of node.cases) for (const statement of consequent) this.statement(statement);
        return;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        this.head(node);
        for (const name of node.body?.type === "BlockStatement" ? hoisted(node.body) : []) this.#add(name);
        return;
      case "ClassDeclaration":
      case "ClassExpression":
        this.#typeParameters(node);
        this.#add(node.id?.name);
        return;
      case "CatchClause":
        this.#bind(node.param);
        return;
      case "ForStatement":
        this.statement(node.init);
        return;
      case "ForInStatement":
      case "ForOfStatement":
        this.statement(node.left);
        return;
      case "TSEnumBody":
        for (const { id } of node.members) this.#add("name" in id && typeof id.name === "string" ? id.name : undefined);
        return;
    }
  }

  statement(node: Node | null): void {
    switch (node?.type) {
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
        this.statement(node.declaration);
        return;
      case "VariableDeclaration":
        for (const { id } of node.declarations) this.#bind(id);
        return;
      case "FunctionDeclaration":
      case "TSDeclareFunction":
      case "ClassDeclaration":
      case "TSEnumDeclaration":
        this.#add(node.id?.name);
        return;
      case "TSInterfaceDeclaration":
      case "TSTypeAliasDeclaration":
        this.#add(node.id.name, "type");
        return;
      case "TSModuleDeclaration":
        if (node.global) for (const [name, declared] of declarationsIn(node.body)) this.#add(name, declared);
        else if (node.id.type !== "Literal") this.#add(firstName(node.id), isOnlyTypes(node) ? "type" : "value");
        return;
      case "TSImportEqualsDeclaration":
        this.#add(node.id.name, node.importKind === "type" ? "type-only import" : "value");
        return;
      case "ImportDeclaration":
        for (const specifier of node.specifiers) {
          const isType =
            node.importKind === "type" || (specifier.type === "ImportSpecifier" && specifier.importKind === "type");
          this.#add(specifier.local.name, isType ? "type-only import" : "value");
        }
    }
  }

  #bind(pattern: Node | null): void {
    if (pattern !== null) for (const name of bindingNames(pattern)) this.#add(name);
  }

  #typeParameters(node: { readonly typeParameters?: { readonly params: readonly Node[] } | null }): void {
    for (const parameter of node.typeParameters?.params ?? []) {
      if (parameter.type === "TSTypeParameter") this.#add(parameter.name.name, "type");
    }
  }

  #add(name: string | undefined, declared: Declared = "value"): void {
    if (name !== undefined && this.#found.get(name) !== "value") this.#found.set(name, declared);
  }
}

/** Statements that others can stand in without a function between. */
const HOLDERS = new Set<Node["type"]>([
  "BlockStatement",
  "CatchClause",
  "DoWhileStatement",
  "ExportNamedDeclaration",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "IfStatement",
  "LabeledStatement",
  "SwitchCase",
  "SwitchStatement",
  "TryStatement",
  "WhileStatement",
  "WithStatement",
]);

/** What `var` declares from anywhere below, and functions in blocks, which sloppy code hoists too. */
function hoisted(scope: Node): readonly string[] {
  const names: string[] = [];
  walk(scope, ({ node }) => {
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      for (const { id } of node.declarations) names.push(...bindingNames(id));
    }
    if (node.type === "FunctionDeclaration" && node.id && node !== scope) names.push(node.id.name);
    return node === scope || HOLDERS.has(node.type);
  });
  return names;
}

/** The first name of `A.B.C`. */
function firstName(name: Node): string | undefined {
  if (name.type === "TSQualifiedName") return firstName(name.left);
  return name.type === "Identifier" ? name.name : undefined;
}

/** A namespace of nothing but types leaves nothing behind in the output. */
function isOnlyTypes({ body }: { readonly body: Node | null }): boolean {
  if (body?.type !== "TSModuleBlock") return false;
  return body.body.every((statement) => {
    const node = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (node?.type === "TSModuleDeclaration") return isOnlyTypes(node);
    return node?.type === "TSInterfaceDeclaration" || node?.type === "TSTypeAliasDeclaration";
  });
}
