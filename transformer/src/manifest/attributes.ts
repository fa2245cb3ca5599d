import type { Node } from "oxc-parser";
import { unwrap } from "../ast.js";
import type { AttributeName } from "../directive/attributes.js";
import type { AttributeValue } from "../directive/directive.js";
import { type Language, parseExpression } from "../parse.js";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a tag gives an attribute: a value known before the program runs, or the expression that makes it. */
export type ManifestAttribute = { readonly value: Json } | { readonly expression: string };

/** A tag's attributes by name; one without a value is true. */
export type ManifestAttributes = Readonly<Partial<Record<AttributeName, ManifestAttribute>>>;

export function manifestAttributes(
  attributes: ReadonlyMap<AttributeName, AttributeValue>,
  language: Language,
): ManifestAttributes {
  return Object.fromEntries([...attributes].map(([name, value]) => [name, manifestAttribute(value, language)]));
}

function manifestAttribute(value: AttributeValue, language: Language): ManifestAttribute {
  if (value.type === "bare") return { value: true };
  if (value.type === "text") return { value: value.text };
  if (value.type === "redaction") return { value: value.paths.map(({ text }) => text).join(", ") };
  const parsed = parseExpression(value.text, language);
  const known = "reason" in parsed ? undefined : literal(parsed.expression);
  return known === undefined ? { expression: value.text } : { value: known };
}

/** The value of an expression that is nothing but literals; undefined for any other. */
function literal(expression: Node): Json | undefined {
  const node = unwrap(expression);
  switch (node.type) {
    case "Literal":
      return "regex" in node ? undefined : plain(node.value);
    case "TemplateLiteral":
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
    case "UnaryExpression": {
      const operand = node.operator === "-" ? literal(node.argument) : undefined;
      return typeof operand === "number" ? -operand : undefined;
    }
    case "ArrayExpression": {
      const items = node.elements.map((element) => (element === null ? undefined : literal(element)));
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case "ObjectExpression": {
      const entries = node.properties.map(entry);
      return entries.every((each) => each !== undefined) ? Object.fromEntries(entries) : undefined;
    }
    default:
      return undefined;
  }
}

/** JSON has no big integers. */
function plain(value: unknown): Json | undefined {
  const isPlain =
    value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isPlain ? value : undefined;
}

function entry(property: Node): readonly [string, Json] | undefined {
  if (property.type !== "Property" || property.computed || property.kind !== "init") return undefined;
  const { key } = property;
  const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : undefined;
  const value = literal(property.value);
  // In a literal `__proto__: x` is no property.
  return name === undefined || name === "__proto__" || value === undefined ? undefined : [name, value];
}
