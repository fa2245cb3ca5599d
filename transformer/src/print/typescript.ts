import type ts from "typescript";
import type { Plan, Rewriting } from "../rewrite/plan.js";
import { parseGenerated } from "./generated-code.js";

type TypeScript = typeof ts;

/** Stands for the original body in a template while it is parsed. */
const BODY = "_llmobs_body";

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
  readonly #byBodyStart: ReadonlyMap<number, Rewriting>;
  /** New names by the offset of what they replace. */
  readonly #renamings: ReadonlyMap<number, string>;

  constructor(typescript: TypeScript, plan: Plan, options: AstPrinterOptions) {
    this.#ts = typescript;
    this.#plan = plan;
    this.#options = options;
    this.#byBodyStart = new Map(plan.rewritings.map((rewriting) => [rewriting.bodyStart, rewriting]));
    this.#renamings = new Map(
      plan.rewritings.flatMap(({ renamings }) => renamings.map(({ start, name }): [number, string] => [start, name])),
    );
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
    const visited = this.#ts.visitEachChild(node, (child) => this.#visit(child, file), this.#options.context);
    const rewriting = isBody(node) ? this.#byBodyStart.get(node.getStart(file)) : undefined;
    if (rewriting === undefined) return visited;
    return this.#ts.isBlock(visited)
      ? this.#newBlock(visited, node.parent, rewriting)
      : this.#newExpression(visited, node.parent, rewriting);
  }

  /** A name in a body that the plan gives another one. */
  #replacement(node: ts.Node, file: ts.SourceFile): ts.Node | undefined {
    const { isIdentifier, isShorthandPropertyAssignment } = this.#ts;
    if (this.#renamings.size === 0 || !(isIdentifier(node) || isShorthandPropertyAssignment(node))) return undefined;
    const name = this.#renamings.get(node.getStart(file));
    if (name === undefined) return undefined;
    const { factory } = this.#options.context;
    const renamed = factory.createIdentifier(name);
    return isIdentifier(node) ? renamed : factory.createPropertyAssignment(node.name.text, renamed);
  }

  #newExpression(body: ts.Node, holder: ts.Node, { open, close, isAsync }: Rewriting): ts.Node {
    const [statement] = this.#parse(`${isAsync ? "async " : ""}() => ${open}${BODY}${close}`, holder);
    const arrow =
      statement !== undefined && this.#ts.isExpressionStatement(statement) ? statement.expression : undefined;
    if (arrow === undefined || !this.#ts.isArrowFunction(arrow)) return body;
    return this.#replaceBody(arrow.body, (node) => (this.#isMarker(node) ? body : undefined), this.#ts.isConciseBody);
  }

  #newBlock(body: ts.Block, holder: ts.Node, { open, close, isAsync, isGenerator }: Rewriting): ts.Block {
    const { factory } = this.#options.context;
    const first = body.statements.findIndex((statement) => !this.#isDirective(statement));
    const directives = first < 0 ? [...body.statements] : body.statements.slice(0, first);
    const rest = body.statements.slice(directives.length);
    const head = `${isAsync ? "async " : ""}function${isGenerator ? "*" : ""} f()`;
    const [wrapper] = this.#parse(`${head} {${open.replace(/^;/, "")}${BODY};${close}}`, holder);
    if (wrapper === undefined || !this.#ts.isFunctionDeclaration(wrapper) || wrapper.body === undefined) return body;
    const template = this.#replaceBody(
      wrapper.body,
      (node) =>
        this.#ts.isBlock(node) && node.statements.some((statement) => this.#isMarkerStatement(statement))
          ? factory.createBlock(
              [...node.statements.filter((statement) => !this.#isMarkerStatement(statement)), ...rest],
              true,
            )
          : undefined,
      this.#ts.isBlock,
    );
    const block = factory.createBlock([...directives, ...template.statements], true);
    return this.#ts.setOriginalNode(this.#ts.setTextRange(block, body), body);
  }

  /** Puts the body where its marker stands in a parsed template. */
  #replaceBody<Kind extends ts.Node>(
    template: Kind,
    replacement: (node: ts.Node) => ts.Node | undefined,
    isKind: (node: ts.Node) => node is Kind,
  ): Kind {
    const visit = (node: ts.Node): ts.Node =>
      replacement(node) ?? this.#ts.visitEachChild(node, visit, this.#options.context);
    const replaced = visit(template);
    return isKind(replaced) ? replaced : template;
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

  #parse(text: string, holder: ts.Node | undefined): readonly ts.Statement[] {
    return parseGenerated(this.#ts, text, holder, this.#options);
  }

  #isDirective(statement: ts.Statement): boolean {
    return this.#ts.isExpressionStatement(statement) && this.#ts.isStringLiteral(statement.expression);
  }

  #isMarker(node: ts.Node): boolean {
    return this.#ts.isIdentifier(node) && node.text === BODY;
  }

  #isMarkerStatement(node: ts.Node): boolean {
    return this.#ts.isExpressionStatement(node) && this.#isMarker(node.expression);
  }
}

/** Whether a node is the body of a function, a method or an accessor. */
function isBody(node: ts.Node): boolean {
  const { parent } = node;
  return parent !== undefined && "body" in parent && parent.body === node;
}
