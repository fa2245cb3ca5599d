import type ts from "typescript";
import type { CallRewriting } from "../rewrite/plan.js";
import { lookupTemplate } from "../rewrite/templates.js";

type TypeScript = typeof ts;

/** A node that begins with another expression. */
type Headed = ts.Expression & { readonly expression: ts.Expression };

/** Takes a tagged call of TypeScript's tree apart and puts it together again. */
export class CallPrinter {
  readonly #ts: TypeScript;
  readonly #rewriting: CallRewriting;
  readonly #context: ts.TransformationContext;
  readonly #visit: (node: ts.Node) => ts.Node;

  /** `visit` carries out the plan on whatever lies inside. */
  constructor(
    typescript: TypeScript,
    rewriting: CallRewriting,
    context: ts.TransformationContext,
    visit: (node: ts.Node) => ts.Node,
  ) {
    this.#ts = typescript;
    this.#rewriting = rewriting;
    this.#context = context;
    this.#visit = visit;
  }

  /** What gives the function that takes the arguments, with `piece` where the program's own code goes. */
  template(piece: string): string {
    const { open, lookups, object, close } = this.#rewriting;
    return open + piece + lookups.map(() => lookupTemplate(object, piece)).join("") + close;
  }

  /** What goes there: the value, or the object and each lookup on it. */
  pieces(call: ts.CallExpression): readonly ts.Node[] {
    const { lookups } = this.#rewriting;
    const callee = this.#callee(call);
    const parts = [...lookups.map((end) => this.#endingAt(callee, end)), callee];
    return parts.flatMap((part, index) => (part === undefined ? [] : [this.#from(part, lookups[index - 1])]));
  }

  /** The call of `callee`, with the arguments as they were. */
  call(node: ts.CallExpression, callee: ts.Expression): ts.Node {
    const { factory } = this.#context;
    const original = this.#callee(node);
    // What stands before the arguments is where a stack trace says the call is.
    this.#ts.setSourceMapRange(callee, { pos: original.getStart(), end: this.#namePlace(original) });
    const replace = (child: ts.Node): ts.Node => {
      if (child === original) return callee;
      return child.end <= node.expression.end && this.#isHead(child)
        ? this.#ts.visitEachChild(child, replace, this.#context)
        : this.#visit(child);
    };
    const called = this.#ts.visitEachChild(node, replace, this.#context);
    if (this.#rewriting.skipAt === undefined) return called;
    const skipping = factory.createCallChain(
      callee,
      factory.createToken(this.#ts.SyntaxKind.QuestionDotToken),
      called.typeArguments,
      called.arguments,
    );
    return this.#ts.setOriginalNode(this.#ts.setTextRange(skipping, node), node);
  }

  #callee({ expression }: ts.CallExpression): ts.Expression {
    const { calleeStart, calleeEnd } = this.#rewriting;
    let inner: ts.Expression = expression;
    while (this.#isWrapper(inner) && (inner.getStart() !== calleeStart || inner.end !== calleeEnd)) {
      inner = inner.expression;
    }
    return inner;
  }

  /** The part of an expression that begins where it does and ends at an offset. */
  #endingAt(node: ts.Expression, end: number): ts.Expression | undefined {
    if (node.end === end) return node;
    return this.#isHead(node) ? this.#endingAt(node.expression, end) : undefined;
  }

  /** A part with the object up to `objectEnd` replaced by the name that stands for it. */
  #from(node: ts.Expression, objectEnd: number | undefined): ts.Node {
    if (objectEnd === undefined) return this.#visit(node);
    const { factory } = this.#context;
    const replace = (child: ts.Node, parent: ts.Node): ts.Node => {
      if (!this.#isHead(parent) || parent.expression !== child) return this.#visit(child);
      if (child.end === objectEnd) return factory.createIdentifier(this.#rewriting.object);
      return this.#ts.visitEachChild(child, (each) => replace(each, child), this.#context);
    };
    const changed = this.#ts.visitEachChild(node, (each) => replace(each, node), this.#context);
    return this.#unchained(changed);
  }

  /** Where the name of what is called begins. */
  #namePlace(callee: ts.Expression): number {
    return this.#ts.isPropertyAccessExpression(callee) ? callee.name.getStart() : callee.getStart();
  }

  /** Behind its object a member of an optional chain begins anew: without a `?.` of its own it is a plain one. */
  #unchained(node: ts.Node): ts.Node {
    const { factory } = this.#context;
    if (this.#ts.isPropertyAccessChain(node) && !this.#isChained(node)) {
      return factory.createPropertyAccessExpression(node.expression, node.name);
    }
    if (this.#ts.isElementAccessChain(node) && !this.#isChained(node)) {
      return factory.createElementAccessExpression(node.expression, node.argumentExpression);
    }
    return node;
  }

  #isChained({ expression, questionDotToken }: ts.PropertyAccessChain | ts.ElementAccessChain): boolean {
    return questionDotToken !== undefined || !this.#ts.isIdentifier(expression);
  }

  /** Parentheses and type syntax: not what is called, but what is around it. */
  #isWrapper(node: ts.Node): node is Headed {
    return (
      this.#ts.isParenthesizedExpression(node) ||
      this.#ts.isAsExpression(node) ||
      this.#ts.isSatisfiesExpression(node) ||
      this.#ts.isTypeAssertionExpression(node) ||
      this.#ts.isNonNullExpression(node)
    );
  }

  #isHead(node: ts.Node): node is Headed {
    return (
      this.#isWrapper(node) ||
      this.#ts.isPropertyAccessExpression(node) ||
      this.#ts.isElementAccessExpression(node) ||
      this.#ts.isCallExpression(node)
    );
  }
}
