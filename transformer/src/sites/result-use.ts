import type { Path } from "../ast.js";
import type { Returns } from "./body.js";

/**
 * What becomes of a call's value. `fresh`: it is awaited, returned or dropped, so
 * that nobody could tell a promise derived from it. `stored`: the very same must be handed on.
 */
export function resultUse({ node, parent }: Path): Returns {
  const holder = parent?.node;
  switch (holder?.type) {
    case "AwaitExpression":
    case "ReturnStatement":
    case "ExpressionStatement":
      return "fresh";
    case "UnaryExpression":
      return holder.operator === "void" ? "fresh" : "stored";
    case "ArrowFunctionExpression":
      return holder.body === node ? "fresh" : "stored";
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "ChainExpression":
    case "ConditionalExpression":
    case "LogicalExpression":
      return parent === null ? "stored" : resultUse(parent);
    case "SequenceExpression":
      return holder.expressions.at(-1) === node && parent !== null ? resultUse(parent) : "fresh";
    default:
      return "stored";
  }
}
