import { createHash } from "node:crypto";
import type { Node, ObjectExpression, TemplateLiteral } from "oxc-parser";
import { unwrap } from "../ast.js";
import { type Language, parseExpression } from "../parse.js";
import type { Expression } from "./expression.js";

/**
 * A prompt written as a template literal, taken apart: the template with a
 * `{{name}}` in the place of each expression, the expressions as variables, and a
 * version that changes with the template's text. The same for the `template` of
 * an object that names no variables itself. Any other prompt stays as it is.
 */
export function readPrompt(expression: Expression, language: Language): Expression {
  const parsed = parseExpression(expression.text, language);
  if ("reason" in parsed) return expression;
  const root = unwrap(parsed.expression);
  if (root.type === "TemplateLiteral") return { ...expression, text: `{ ${members(root, expression.text)} }` };
  const template = root.type === "ObjectExpression" ? templateOf(root) : undefined;
  if (template === undefined) return expression;
  const { text } = expression;
  const start = template.property.start - OFFSET;
  const end = template.property.end - OFFSET;
  return {
    ...expression,
    text: text.slice(0, start) + members(template.literal, text, template.says) + text.slice(end),
  };
}

/** Expressions are parsed behind one `(`. */
const OFFSET = 1;
const VERSION_DIGITS = 12;

function members(literal: TemplateLiteral, source: string, says: ReadonlySet<string> = new Set()): string {
  const variables = new Map<string, string>();
  const names = literal.expressions.map((node) => variableName(node, textOf(node, source), variables));
  const template = literal.quasis.map(({ value }, index) => {
    const name = names[index];
    return (value.cooked ?? value.raw) + (name === undefined ? "" : `{{${name}}}`);
  });
  const text = template.join("");
  const version = createHash("sha256").update(text).digest("hex").slice(0, VERSION_DIGITS);
  const values = [...variables].map(([name, value]) => `${JSON.stringify(name)}: (${value})`);
  return [
    `template: ${JSON.stringify(text)}`,
    ...(says.has("version") ? [] : [`version: ${JSON.stringify(version)}`]),
    ...(values.length === 0 ? [] : [`variables: { ${values.join(", ")} }`]),
  ].join(", ");
}

/** The name of the variable that holds this expression; the same expression twice is one variable. */
function variableName(node: Node, text: string, variables: Map<string, string>): string {
  const wanted = nameIn(node) ?? "value";
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}_${count}`;
    const taken = variables.get(name);
    if (taken === undefined) variables.set(name, text);
    if (taken === undefined || taken === text) return name;
  }
}

/** What a reader would call it: `question`, `ctx.question` and `question.trim()` are the question. */
function nameIn(wrapped: Node): string | undefined {
  const node = unwrap(wrapped);
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "MemberExpression":
      if (node.property.type === "PrivateIdentifier") return node.property.name;
      return !node.computed && node.property.type === "Identifier" ? node.property.name : nameIn(node.object);
    case "CallExpression": {
      const { callee, arguments: values } = node;
      const target = callee.type === "MemberExpression" ? nameIn(callee.object) : undefined;
      const [first] = values;
      return target ?? (first && nameIn(first)) ?? nameIn(callee);
    }
    case "ChainExpression":
      return nameIn(node.expression);
    case "LogicalExpression":
      return nameIn(node.left);
    default:
      return undefined;
  }
}

function textOf({ start, end }: Node, source: string): string {
  return source.slice(start - OFFSET, end - OFFSET);
}

interface ObjectTemplate {
  readonly property: Node;
  readonly literal: TemplateLiteral;
  /** The keys the object has. */
  readonly says: ReadonlySet<string>;
}

/** Undefined where the object says its variables itself, or may. */
function templateOf({ properties }: ObjectExpression): ObjectTemplate | undefined {
  const says = new Set<string>();
  let found: Omit<ObjectTemplate, "says"> | undefined;
  for (const property of properties) {
    if (property.type !== "Property" || property.computed || property.key.type !== "Identifier") return undefined;
    const { key, value } = property;
    says.add(key.name);
    if (key.name === "template" && value.type === "TemplateLiteral") found = { property, literal: value };
  }
  if (found === undefined || found.literal.expressions.length === 0 || says.has("variables")) return undefined;
  return { ...found, says };
}
