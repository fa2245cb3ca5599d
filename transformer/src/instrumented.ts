import type { Node } from "oxc-parser";
import { walk } from "./ast.js";

const ACCESSOR = /^_llmobs\d*_site\d+$/;

/**
 * Whether a program is our own output, in whatever form a later compiler left it:
 * it loads the compiled entry of the runtime, or has one of our site accessors.
 */
export function isInstrumented(source: string, program: Node, runtime: string): boolean {
  if (!source.includes(runtime) && !source.includes("_llmobs")) return false;
  let found = false;
  walk(program, ({ node }) => {
    found ||= loads(node, runtime) || (node.type === "FunctionDeclaration" && ACCESSOR.test(node.id?.name ?? ""));
    return !found;
  });
  return found;
}

function loads(node: Node, runtime: string): boolean {
  if (node.type === "ImportDeclaration") return node.source.value === runtime;
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require")
    return false;
  const [specifier] = node.arguments;
  return specifier?.type === "Literal" && specifier.value === runtime;
}
