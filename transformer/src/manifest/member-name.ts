import type { MemberExpression, Node } from "oxc-parser";

/** `name`, `#name`, or undefined for one that is computed. */
export function memberName({ computed, property }: MemberExpression): string | undefined {
  return nameOf(property, computed);
}

/** The same for a member of a class or an object literal, with `get` or `set` before an accessor's. */
export function keyedName(
  { key, computed }: { readonly key: Node; readonly computed: boolean },
  kind: string,
): string | undefined {
  const name = nameOf(key, computed);
  return name === undefined || (kind !== "get" && kind !== "set") ? name : `${kind} ${name}`;
}

function nameOf(node: Node, computed: boolean): string | undefined {
  if (node.type === "PrivateIdentifier") return `#${node.name}`;
  if (node.type === "Identifier" && !computed) return node.name;
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}
