import type ts from "typescript";

type TypeScript = typeof ts;

export interface GeneratedCodeOptions {
  readonly context: ts.TransformationContext;
  readonly checker: ts.TypeChecker;
  readonly compilerOptions: ts.CompilerOptions;
}

/**
 * Statements of generated code, as nodes for a transformer's result. With
 * `holder`, a function of the program, names in them that are not their own mean
 * what they mean in a default of the function's parameters: the parameters and
 * what is around the function are in scope, what its body declares is not.
 */
export function parseGenerated(
  typescript: TypeScript,
  text: string,
  holder: ts.Node | undefined,
  options: GeneratedCodeOptions,
): readonly ts.Statement[] {
  const { ScriptTarget, ScriptKind, LanguageVariant } = typescript;
  // A tag's `<` is read as the author's file reads it: as a type's or as JSX.
  const isJsx = holder?.getSourceFile().languageVariant === LanguageVariant.JSX;
  const kind = isJsx ? ScriptKind.TSX : ScriptKind.TS;
  const file = typescript.createSourceFile("generated.ts", text, ScriptTarget.Latest, true, kind);
  const statements = [...file.statements];
  if (holder === undefined) {
    seal(typescript, statements, new Set());
    return statements;
  }
  return new Graft(typescript, options, holder).apply(file, statements);
}

class Graft {
  readonly #ts: TypeScript;
  readonly #options: GeneratedCodeOptions;
  readonly #holder: ts.Node;
  readonly #scope: ts.Node;
  /** Identifiers that name something of the program. */
  readonly #outer = new Set<ts.Node>();

  constructor(typescript: TypeScript, options: GeneratedCodeOptions, holder: ts.Node) {
    this.#ts = typescript;
    this.#options = options;
    this.#holder = holder;
    this.#scope = options.context.factory.createParameterDeclaration(undefined, undefined, "scope");
    Reflect.set(this.#scope, "parent", holder);
  }

  apply(file: ts.SourceFile, statements: readonly ts.Statement[]): readonly ts.Statement[] {
    const { context, compilerOptions } = this.#options;
    bindNames(this.#ts, file, compilerOptions);
    for (const statement of statements) Reflect.set(statement, "parent", this.#scope);
    // While the checker works, positions must be some of the author's file.
    const start = this.#holder.getStart();
    for (const statement of statements) place(this.#ts, statement, { pos: start, end: start + 1 });
    for (const statement of statements) this.#resolve(statement);
    const visit = (node: ts.Node): ts.Node => this.#constant(node) ?? this.#ts.visitEachChild(node, visit, context);
    const inlined = statements.map((statement) => this.#ts.visitNode(statement, visit, this.#ts.isStatement));
    seal(this.#ts, statements, this.#outer);
    return inlined;
  }

  /**
   * Asking for the type of an outer name makes the checker note that it is used,
   * and so keep its import. The expressions themselves are never checked: their
   * errors would be reported as the author's, at places that are not theirs.
   */
  #resolve(node: ts.Node): void {
    if (this.#ts.isIdentifier(node) && !this.#isMember(node)) {
      Reflect.deleteProperty(node, "flowNode");
      const { checker } = this.#options;
      const symbol = this.#ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      if (symbol !== undefined && !symbol.declarations?.some((declaration) => this.#isOwn(declaration))) {
        this.#outer.add(node);
        checker.getTypeAtLocation(node);
      }
    }
    this.#ts.forEachChild(node, (child) => this.#resolve(child));
  }

  #isMember(node: ts.Identifier): boolean {
    return this.#ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
  }

  #isOwn(node: ts.Node | undefined): boolean {
    return node !== undefined && (node === this.#scope || this.#isOwn(node.parent));
  }

  /** A member of a const enum is its value in the output, unless each file is compiled on its own. */
  #constant(node: ts.Node): ts.Expression | undefined {
    const { isPropertyAccessExpression, isElementAccessExpression, SyntaxKind } = this.#ts;
    const { checker, compilerOptions, context } = this.#options;
    if (!isPropertyAccessExpression(node) && !isElementAccessExpression(node)) return undefined;
    if (compilerOptions.isolatedModules || compilerOptions.verbatimModuleSyntax || !this.#isPath(node.expression))
      return undefined;
    const value = checker.getConstantValue(node);
    if (value === undefined) return undefined;
    const { factory } = context;
    if (typeof value === "string") return factory.createStringLiteral(value);
    const magnitude = factory.createNumericLiteral(Math.abs(value));
    return value < 0 ? factory.createPrefixUnaryExpression(SyntaxKind.MinusToken, magnitude) : magnitude;
  }

  /** `a.b.c` from an outer name. */
  #isPath(node: ts.Expression): boolean {
    return this.#ts.isPropertyAccessExpression(node) ? this.#isPath(node.expression) : this.#outer.has(node);
  }
}

/**
 * Takes positions away, so that nothing takes comments or mappings from the
 * author's file, and hides all but the outer names from the emitter's questions
 * to the checker, which would check the expressions around them.
 */
function seal(typescript: TypeScript, statements: readonly ts.Statement[], outer: ReadonlySet<ts.Node>): void {
  const hide = (node: ts.Node): void => {
    if (!outer.has(node)) Reflect.set(node, "flags", node.flags | typescript.NodeFlags.Synthesized);
    typescript.forEachChild(node, hide);
  };
  for (const statement of statements) {
    place(typescript, statement, { pos: -1, end: -1 });
    hide(statement);
  }
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
