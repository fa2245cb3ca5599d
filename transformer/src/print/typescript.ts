import type ts from "typescript";
import type { BodyRewriting, CallRewriting, Plan } from "../rewrite/plan.js";
import { type NameScope, parseGenerated } from "./generated-code.js";
import { CallPrinter } from "./typescript-call.js";

type TypeScript = typeof ts;

/** Stands for a piece of the program in a template while it is parsed. */
const PIECE = "_llmobs_piece";

export interface AstPrinterOptions {
  readonly context: ts.TransformationContext;
  readonly checker: ts.TypeChecker;
  readonly compilerOptions: ts.CompilerOptions;
  /** The runtime is loaded with `require`: a synthetic import would be dropped from CommonJS output. */
  readonly isCommonJs: boolean;
}

/**
 * Carries out a plan on TypeScript's tree. The templates are the text printer's:
 * each is parsed, the original body's nodes are put in its middle, and the rest
 * is grafted onto the tagged function. The checker then finds names of a tag's
 * expressions from there, keeps their imports, and the compiler prints them as
 * its output needs them (`b_1.x`, `exports.x`, `N.x`, a const enum's value).
 */
export class AstPrinter {
  readonly #ts: TypeScript;
  readonly #plan: Plan;
  readonly #options: AstPrinterOptions;
  /** Of functions and blocks, by the offset of what stands in the template's middle. */
  readonly #bodies = new Map<number, BodyRewriting>();
  readonly #calls = new Map<string, CallRewriting>();
  /** New names by the offset of what they replace. */
  readonly #renamings = new Map<number, string>();

  constructor(typescript: TypeScript, plan: Plan, options: AstPrinterOptions) {
    this.#ts = typescript;
    this.#plan = plan;
    this.#options = options;
    for (const rewriting of plan.rewritings) {
      if (rewriting.type === "call") {
        this.#calls.set(`${rewriting.start}:${rewriting.end}`, rewriting);
        continue;
      }
      this.#bodies.set(rewriting.start, rewriting);
      for (const { start, name } of rewriting.renamings) this.#renamings.set(start, name);
    }
  }

  print(file: ts.SourceFile): ts.SourceFile {
    const { factory } = this.#options.context;
    const rewritten = this.#ts.visitEachChild(file, (node) => this.#visit(node, file), this.#options.context);
    const prologue = rewritten.statements.findIndex((statement) => !this.#isDirective(statement));
    const at = prologue < 0 ? rewritten.statements.length : prologue;
    const statements = [...rewritten.statements.slice(0, at), ...this.#header(), ...rewritten.statements.slice(at)];
    return factory.updateSourceFile(
      rewritten,
      this.#ts.setTextRange(factory.createNodeArray(statements), rewritten.statements),
    );
  }

  #visit(node: ts.Node, file: ts.SourceFile): ts.Node {
    const replaced = this.#replacement(node, file);
    if (replaced !== undefined) return replaced;
    const call = this.#ts.isCallExpression(node) ? this.#calls.get(`${node.getStart(file)}:${node.end}`) : undefined;
    const visited =
      call !== undefined && this.#ts.isCallExpression(node)
        ? this.#newCall(node, call, file)
        : this.#ts.visitEachChild(node, (child) => this.#visit(child, file), this.#options.context);
    const rewriting = this.#ts.isBlock(node) || isBody(node) ? this.#bodies.get(node.getStart(file)) : undefined;
    if (rewriting === undefined) return visited;
    return this.#ts.isBlock(visited) && !rewriting.isExpression
      ? this.#newBlock(visited, node, rewriting)
      : this.#newExpression(visited, node.parent, rewriting);
  }

  /** A name in a body that the plan gives another one. */
  #replacement(node: ts.Node, file: ts.SourceFile): ts.Node | undefined {
    const { isIdentifier, isShorthandPropertyAssignment } = this.#ts;
    if (this.#renamings.size === 0 || !(isIdentifier(node) || isShorthandPropertyAssignment(node))) return undefined;
    const name = this.#renamings.get(node.getStart(file));
    if (name === undefined) return undefined;
    const { factory } = this.#options.context;
    const named = isIdentifier(node) ? node : node.name;
    const renamed = this.#ts.setTextRange(factory.createIdentifier(name), named);
    if (isIdentifier(node)) return renamed;
    return this.#ts.setTextRange(factory.createPropertyAssignment(node.name, renamed), node);
  }

  #newExpression(body: ts.Node, holder: ts.Node, { open, close, isAsync }: BodyRewriting): ts.Node {
    const arrow = this.#parseExpression(`${isAsync ? "async " : ""}() => ${open}${PIECE}${close}`, {
      type: "parameters",
      of: holder,
    });
    if (arrow === undefined || !this.#ts.isArrowFunction(arrow)) return body;
    return this.#fill(arrow.body, (node) => (this.#isPiece(node) ? body : undefined), this.#ts.isConciseBody);
  }

  #newBlock(body: ts.Block, original: ts.Node, rewriting: BodyRewriting): ts.Block {
    const { factory } = this.#options.context;
    const { type, open, close, isAsync, isGenerator } = rewriting;
    const isFunction = type === "function";
    const first = isFunction ? body.statements.findIndex((statement) => !this.#isDirective(statement)) : 0;
    const directives = first < 0 ? [...body.statements] : body.statements.slice(0, first);
    const rest = body.statements.slice(directives.length);
    const head = `${isAsync ? "async " : ""}function${isGenerator ? "*" : ""} f()`;
    const [wrapper] = this.#parse(
      `${head} {${open.replace(/^;/, "")}${PIECE};${close}}`,
      isFunction ? { type: "parameters", of: original.parent } : { type: "around", of: original },
    );
    if (wrapper === undefined || !this.#ts.isFunctionDeclaration(wrapper) || wrapper.body === undefined) return body;
    const template = this.#fill(
      wrapper.body,
      (node) =>
        this.#ts.isBlock(node) && node.statements.some((statement) => this.#isPieceStatement(statement))
          ? factory.createBlock(
              [...node.statements.filter((statement) => !this.#isPieceStatement(statement)), ...rest],
              true,
            )
          : undefined,
      this.#ts.isBlock,
    );
    const block = factory.createBlock([...directives, ...template.statements], true);
    return this.#ts.setOriginalNode(this.#ts.setTextRange(block, body), body);
  }

  #newCall(node: ts.CallExpression, rewriting: CallRewriting, file: ts.SourceFile): ts.Node {
    const printer = new CallPrinter(this.#ts, rewriting, this.#options.context, (child) => this.#visit(child, file));
    const pieces = [...printer.pieces(node)];
    const template = this.#parseExpression(printer.template(PIECE), { type: "around", of: node });
    if (template === undefined || pieces.length === 0) return node;
    const callee = this.#fill(
      template,
      (each) => (this.#isPiece(each) ? pieces.shift() : undefined),
      this.#ts.isExpression,
    );
    return printer.call(node, callee);
  }

  /** Puts pieces of the program where a parsed template has a place for them. */
  #fill<Kind extends ts.Node>(
    template: Kind,
    piece: (node: ts.Node) => ts.Node | undefined,
    isKind: (node: ts.Node) => node is Kind,
  ): Kind {
    const visit = (node: ts.Node): ts.Node =>
      piece(node) ?? this.#ts.visitEachChild(node, visit, this.#options.context);
    const filled = visit(template);
    return isKind(filled) ? filled : template;
  }

  #header(): readonly ts.Statement[] {
    const { factory } = this.#options.context;
    const { runtime, runtimeName, accessors } = this.#plan;
    const specifier = JSON.stringify(runtime);
    const load = this.#options.isCommonJs
      ? this.#parse(`const ${runtimeName} = require(${specifier});`, undefined)
      : [
          factory.createImportDeclaration(
            undefined,
            factory.createImportClause(
              false,
              undefined,
              factory.createNamespaceImport(factory.createIdentifier(runtimeName)),
            ),
            factory.createStringLiteral(runtime),
          ),
        ];
    return [...load, ...accessors.flatMap((accessor) => this.#parse(accessor, undefined))];
  }

  #parse(text: string, scope: NameScope | undefined): readonly ts.Statement[] {
    return parseGenerated(this.#ts, text, scope, this.#options);
  }

  #parseExpression(text: string, scope: NameScope): ts.Expression | undefined {
    const [statement] = this.#parse(text, scope);
    return statement !== undefined && this.#ts.isExpressionStatement(statement) ? statement.expression : undefined;
  }

  #isDirective(statement: ts.Statement): boolean {
    return this.#ts.isExpressionStatement(statement) && this.#ts.isStringLiteral(statement.expression);
  }

  #isPiece(node: ts.Node): boolean {
    return this.#ts.isIdentifier(node) && node.text === PIECE;
  }

  #isPieceStatement(node: ts.Node): boolean {
    return this.#ts.isExpressionStatement(node) && this.#isPiece(node.expression);
  }
}

/** Whether a node is the body of a function, a method or an accessor. */
function isBody(node: ts.Node): boolean {
  const { parent } = node;
  return parent !== undefined && "body" in parent && parent.body === node;
}
