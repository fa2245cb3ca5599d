import type { Node } from "oxc-parser";
import { type FunctionNode, isFunction, walk } from "../ast.js";
import type { Expression } from "../directive/expression.js";
import { type Language, parseExpression } from "../parse.js";

const DEPENDS_ON_PLACE = /\bsuper\b|#|\bimport\s*\./;

/** Where an expression is going to stand. */
export interface ExpressionPlace {
  readonly fn: FunctionNode;
  /** What is around the function, inside out. */
  readonly ancestors: readonly Node[];
  readonly isModule: boolean;
  readonly language: Language;
}

/** Why an expression that parses on its own would be a syntax error in its place; undefined when it is none. */
export function misplacedReason({ text }: Expression, place: ExpressionPlace): string | undefined {
  if (!DEPENDS_ON_PLACE.test(text)) return undefined;
  const parsed = parseExpression(text, place.language);
  if ("reason" in parsed) return parsed.reason;
  let reason: string | undefined;
  walk(parsed.expression, ({ node }) => {
    reason ??= reasonFor(node, place);
    return reason === undefined;
  });
  return reason;
}

function reasonFor(node: Node, { fn, ancestors, isModule }: ExpressionPlace): string | undefined {
  switch (node.type) {
    case "Super":
      return isInMethod(fn, ancestors) ? undefined : "there is no super here";
    case "PrivateIdentifier":
      return declaresPrivate(node.name, ancestors) ? undefined : `no class around it declares #${node.name}`;
    case "MetaProperty":
      return isModule ? undefined : "there is no import.meta in a CommonJS file";
    default:
      return undefined;
  }
}

function isInMethod(fn: FunctionNode, ancestors: readonly Node[]): boolean {
  const around = [fn, ...ancestors];
  const at = around.findIndex(
    (node) =>
      (isFunction(node) && node.type !== "ArrowFunctionExpression") ||
      node.type === "PropertyDefinition" ||
      node.type === "AccessorProperty" ||
      node.type === "StaticBlock",
  );
  const found = around[at];
  if (found === undefined) return false;
  if (!isFunction(found)) return true;
  const holder = around[at + 1];
  return (
    holder?.type === "MethodDefinition" || (holder?.type === "Property" && (holder.method || holder.kind !== "init"))
  );
}

function declaresPrivate(name: string, ancestors: readonly Node[]): boolean {
  return ancestors.some(
    (node) =>
      node.type === "ClassBody" &&
      node.body.some(
        (member) => "key" in member && member.key.type === "PrivateIdentifier" && member.key.name === name,
      ),
  );
}
