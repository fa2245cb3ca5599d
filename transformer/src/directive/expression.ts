import type { Comment, Node } from "oxc-parser";
import { children, isFunction, walk } from "../ast.js";
import { bindingNames } from "../binding-names.js";
import { type Language, parseExpression } from "../parse.js";

/** An attribute's expression, checked and brought onto one line. */
export interface Expression {
  readonly type: "expression";
  /** Source text without line ends, so that inserting it moves no line. */
  readonly text: string;
  /** Uses `result`, so it can only be evaluated at the end. */
  readonly usesResult: boolean;
}

export type ExpressionFault =
  | { readonly type: "syntax"; readonly reason: string }
  | { readonly type: "waits"; readonly keyword: "await" | "yield" };

export function readExpression(text: string, language: Language): Expression | ExpressionFault {
  const parsed = parseExpression(text, language);
  if ("reason" in parsed) return { type: "syntax", reason: parsed.reason };
  const waits = findWait(parsed.expression);
  if (waits !== undefined) return { type: "waits", keyword: waits };
  const oneLine = onOneLine(text, parsed.expression, parsed.comments);
  if ("reason" in parseExpression(oneLine, language)) {
    return { type: "syntax", reason: "it needs its line ends" };
  }
  return { type: "expression", text: oneLine, usesResult: freeNames(parsed.expression).has("result") };
}

function findWait(expression: Node): "await" | "yield" | undefined {
  let found: "await" | "yield" | undefined;
  walk(expression, ({ node }) => {
    if (node.type === "AwaitExpression") found = "await";
    if (node.type === "YieldExpression") found = "yield";
    return !isFunction(node);
  });
  return found;
}

/** Comments and line ends become blanks, line ends in template literals their escape. `text` begins behind one `(`. */
function onOneLine(text: string, expression: Node, comments: readonly Comment[]): string {
  const templates: { readonly start: number; readonly end: number }[] = [];
  walk(expression, ({ node }) => {
    if (node.type === "TemplateElement") templates.push(node);
    return undefined;
  });
  const inside = (ranges: readonly { readonly start: number; readonly end: number }[], offset: number) =>
    ranges.some(({ start, end }) => offset + 1 >= start && offset + 1 < end);
  return [...text]
    .reduce<{ out: string; offset: number }>(
      ({ out, offset }, unit) => {
        const next = offset + unit.length;
        if (inside(comments, offset)) return { out: `${out} `, offset: next };
        if (unit === "\r") return { out, offset: next };
        if (unit !== "\n") return { out: out + unit, offset: next };
        return { out: out + (inside(templates, offset) ? "\\n" : " "), offset: next };
      },
      { out: "", offset: 0 },
    )
    .out.trim();
}

/** The names an expression reads from outside itself. */
export function freeNames(expression: Node): ReadonlySet<string> {
  const names = new Set<string>();
  collect(expression, new Set(), names);
  return names;
}

function collect(node: Node, bound: ReadonlySet<string>, names: Set<string>): void {
  switch (node.type) {
    case "Identifier":
      if (!bound.has(node.name)) names.add(node.name);
      return;
    case "MemberExpression":
      collect(node.object, bound, names);
      if (node.computed) collect(node.property, bound, names);
      return;
    case "Property":
      if (node.computed) collect(node.key, bound, names);
      collect(node.value, bound, names);
      return;
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      collect(node.expression, bound, names);
      return;
    default: {
      if (node.type.startsWith("TS")) return;
      const inner = isFunction(node) ? new Set([...bound, ...declaredNames(node)]) : bound;
      for (const child of children(node)) collect(child, inner, names);
    }
  }
}

/** Parameters and variables of a function literal inside an expression. */
function declaredNames(fn: Node): readonly string[] {
  const names: string[] = [];
  walk(fn, ({ node, parent }) => {
    const declares =
      (parent?.node === fn && node.type !== "BlockStatement") || parent?.node.type === "VariableDeclarator";
    if (declares) for (const name of bindingNames(node)) names.push(name);
    return undefined;
  });
  return names;
}
