import type ts from "typescript";

type TypeScript = typeof ts;

export interface GeneratedCodeOptions {
  readonly context: ts.TransformationContext;
  readonly checker: ts.TypeChecker;
  readonly compilerOptions: ts.CompilerOptions;
}

/** Where in the program the names in generated code that are not its own get their meaning. */
export type NameScope =
  /** In a default of a function's parameters: what its body declares is not in scope. */
  | { readonly type: "parameters"; readonly of: ts.Node }
  /** In place of an expression or a block. */
  | { readonly type: "around"; readonly of: ts.Node };

/** Statements of generated code, as nodes for a transformer's result. Without a scope all names are its own. */
export function parseGenerated(
  typescript: TypeScript,
  text: string,
  scope: NameScope | undefined,
  options: GeneratedCodeOptions,
): readonly ts.Statement[] {
  const { ScriptTarget, ScriptKind, LanguageVariant } = typescript;
  // A tag's `<` is read as the author's file reads it: as a type's or as JSX.
  const isJsx = scope?.of.getSourceFile().languageVariant === LanguageVariant.JSX;
  const kind = isJsx ? ScriptKind.TSX : ScriptKind.TS;
  const file = typescript.createSourceFile("generated.ts", text, ScriptTarget.Latest, true, kind);
  const statements = [...file.statements];
  const outer = scope === undefined ? undefined : new OuterNames(typescript, options, scope, file);
  const { context } = options;
  const visit = (node: ts.Node): ts.Node => outer?.constant(node) ?? typescript.visitEachChild(node, visit, context);
  const inlined = statements.map((statement) => typescript.visitNode(statement, visit, typescript.isStatement));
  for (const statement of statements) seal(typescript, statement);
  return inlined;
}

/**
 * The names in generated code that mean something of the program. Each gets a
 * stand-in in the program's own tree as its original node: the checker and the
 * emitter look at that. So they never check the expressions themselves, whose
 * errors would be reported as the author's, at places that are not theirs.
 */
class OuterNames {
  readonly #ts: TypeScript;
  readonly #options: GeneratedCodeOptions;
  readonly #place: ts.TextRange;
  readonly #of: ts.Node;
  /** Names that these declare are printed as they are written, wherever the output puts what is around them. */
  readonly #owners: ReadonlySet<ts.Node>;
  readonly #scope: ts.Node;
  readonly #symbols = new Map<ts.Node, ts.Symbol>();

  constructor(typescript: TypeScript, options: GeneratedCodeOptions, scope: NameScope, file: ts.SourceFile) {
    this.#ts = typescript;
    this.#options = options;
    this.#of = scope.of;
    this.#place = { pos: scope.of.getStart(), end: scope.of.getStart() + 1 };
    const { factory } = options.context;
    const isParameter = scope.type === "parameters";
    this.#scope = isParameter
      ? factory.createParameterDeclaration(undefined, undefined, "scope")
      : factory.createEmptyStatement();
    Reflect.set(this.#scope, "parent", isParameter ? scope.of : scope.of.parent);
    this.#owners = new Set([this.#scope, ...(isParameter ? [scope.of] : functionsAround(typescript, scope.of))]);
    bindNames(typescript, file, options.compilerOptions);
    for (const statement of file.statements) {
      Reflect.set(statement, "parent", this.#scope);
      place(typescript, statement, this.#place);
      this.#find(statement);
    }
  }

  #find(node: ts.Node): void {
    if (this.#ts.isTypeNode(node)) return;
    // The name of the function that makes elements is looked up from here.
    if (this.#ts.isJsxOpeningLikeElement(node) || this.#ts.isJsxOpeningFragment(node)) {
      this.#ts.setOriginalNode(node, this.#of);
    }
    if (this.#ts.isIdentifier(node) && !this.#isMember(node)) {
      const { checker } = this.#options;
      const symbol = this.#ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      if (symbol !== undefined && this.#isOuterValue(symbol)) {
        this.#symbols.set(node, symbol);
        this.#ts.setOriginalNode(node, this.#standIn(node.text, this.#target(symbol)));
      }
    }
    this.#ts.forEachChild(node, (child) => this.#find(child));
  }

  #isMember(node: ts.Identifier): boolean {
    return this.#ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
  }

  #isOuterValue(symbol: ts.Symbol): boolean {
    const isOwn = (node: ts.Node | undefined): boolean =>
      node !== undefined && (this.#owners.has(node) || isOwn(node.parent));
    const isType = (node: ts.Node) => this.#ts.isTypeOnlyImportDeclaration(node);
    if (symbol.declarations?.some((node) => isOwn(node) || isType(node))) return false;
    return (this.#target(symbol).flags & this.#ts.SymbolFlags.Value) !== 0;
  }

  #target(symbol: ts.Symbol): ts.Symbol {
    const isAlias = (symbol.flags & this.#ts.SymbolFlags.Alias) !== 0;
    return isAlias ? this.#options.checker.getAliasedSymbol(symbol) : symbol;
  }

  /** Asking for its type makes the checker note that the name is used, and so keep its import. */
  #standIn(name: string, { flags, exports }: ts.Symbol): ts.Node {
    // A const enum must not stand alone.
    const isConstEnum = (flags & this.#ts.SymbolFlags.ConstEnum) !== 0;
    const [member] = isConstEnum ? (exports?.keys() ?? []) : [];
    const text =
      member === undefined ? name : `${name}[${JSON.stringify(this.#ts.unescapeLeadingUnderscores(member))}]`;
    const file = this.#ts.createSourceFile("name.ts", text, this.#ts.ScriptTarget.Latest, true);
    const [statement] = file.statements;
    if (statement === undefined || !this.#ts.isExpressionStatement(statement)) return file;
    Reflect.set(statement, "parent", this.#scope);
    place(this.#ts, statement, this.#place);
    const { expression } = statement;
    this.#options.checker.getTypeAtLocation(expression);
    return this.#ts.isElementAccessExpression(expression) ? expression.expression : expression;
  }

  /** A member of a const enum is its value in the output, unless each file is compiled on its own. */
  constant(node: ts.Node): ts.Expression | undefined {
    const { checker, compilerOptions, context } = this.#options;
    if (compilerOptions.isolatedModules || compilerOptions.verbatimModuleSyntax) return undefined;
    if (!this.#ts.isPropertyAccessExpression(node) && !this.#ts.isElementAccessExpression(node)) return undefined;
    const member = this.#symbolOf(node)?.valueDeclaration;
    if (member === undefined || !this.#ts.isEnumMember(member)) return undefined;
    const isConst = (this.#ts.getCombinedModifierFlags(member.parent) & this.#ts.ModifierFlags.Const) !== 0;
    const value = isConst ? checker.getConstantValue(member) : undefined;
    if (value === undefined) return undefined;
    const { factory } = context;
    if (typeof value === "string") return factory.createStringLiteral(value);
    const magnitude = factory.createNumericLiteral(Math.abs(value));
    return value < 0 ? factory.createPrefixUnaryExpression(this.#ts.SyntaxKind.MinusToken, magnitude) : magnitude;
  }

  /** What an outer name, or a member of a module, namespace or enum, means; undefined for any other expression. */
  #symbolOf(node: ts.Expression): ts.Symbol | undefined {
    if (this.#ts.isIdentifier(node)) {
      const symbol = this.#symbols.get(node);
      return symbol === undefined ? undefined : this.#target(symbol);
    }
    const name = this.#memberName(node);
    const holder = name === undefined ? undefined : this.#symbolOf(name.of);
    if (name === undefined || holder === undefined) return undefined;
    const { Module, Enum } = this.#ts.SymbolFlags;
    if ((holder.flags & Enum) !== 0) return holder.exports?.get(this.#ts.escapeLeadingUnderscores(name.text));
    if ((holder.flags & Module) === 0) return undefined;
    const found = this.#options.checker.getExportsOfModule(holder).find((each) => each.name === name.text);
    return found === undefined ? undefined : this.#target(found);
  }

  #memberName(node: ts.Expression): { readonly of: ts.Expression; readonly text: string } | undefined {
    if (this.#ts.isPropertyAccessExpression(node)) return { of: node.expression, text: node.name.text };
    if (!this.#ts.isElementAccessExpression(node) || !this.#ts.isStringLiteralLike(node.argumentExpression)) {
      return undefined;
    }
    return { of: node.expression, text: node.argumentExpression.text };
  }
}

function functionsAround(typescript: TypeScript, node: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [];
  for (let above = node.parent; above !== undefined; above = above.parent) {
    if (typescript.isFunctionLike(above)) found.push(above);
  }
  return found;
}

/**
 * Makes a parsed node one of the compiler's own making: without positions it
 * takes no comments and mappings from the author's file, and the emitter does
 * not ask the checker about it.
 */
function seal(typescript: TypeScript, node: ts.Node): void {
  place(typescript, node, { pos: -1, end: -1 });
  const hide = (each: ts.Node): void => {
    Reflect.set(each, "flags", each.flags | typescript.NodeFlags.Synthesized);
    typescript.forEachChild(each, hide);
  };
  hide(node);
}

function place(typescript: TypeScript, node: ts.Node, range: ts.TextRange): void {
  typescript.setTextRange(node, range);
  typescript.forEachChild(
    node,
    (child) => place(typescript, child, range),
    (children) => {
      typescript.setTextRange(children, range);
      for (const child of children) place(typescript, child, range);
    },
  );
}

/** Gives function literals in an expression their own scopes. The binder is not in TypeScript's declarations. */
function bindNames(typescript: TypeScript, file: ts.SourceFile, options: ts.CompilerOptions): void {
  const bind: unknown = Reflect.get(typescript, "bindSourceFile");
  if (typeof bind === "function") Reflect.apply(bind, undefined, [file, options]);
}
