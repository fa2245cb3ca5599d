import type { Node } from "oxc-parser";
import { type Path, walk } from "../ast.js";

/** A name that stands for a value; in JSX `<Name>` and `<name.member>`. */
export interface Reference {
  readonly name: string;
  readonly node: Node;
  readonly path: Path;
}

/** Visits every name below `root` that stands for a value, those that declare one included. */
export function eachReference(root: Node, visit: (reference: Reference) => void): void {
  walk(root, (path) => {
    const { node, parent } = path;
    if (node.type === "Identifier") {
      if (isReference(node, parent?.node)) visit({ name: node.name, node, path });
      return true;
    }
    if (node.type === "JSXIdentifier" && isComponent(node, parent?.node)) visit({ name: node.name, node, path });
    // Names that are exported on from another module are none of this one's.
    return !isType(node) && !(node.type === "ExportNamedDeclaration" && node.source !== null);
  });
}

/** Types hold no values, but for the expressions that TypeScript's own kinds of expression wrap. */
function isType({ type }: Node): boolean {
  return type.startsWith("TS") && !VALUES.has(type);
}

const VALUES = new Set<Node["type"]>([
  "TSAsExpression",
  "TSEnumBody",
  "TSEnumDeclaration",
  "TSEnumMember",
  "TSExportAssignment",
  "TSInstantiationExpression",
  "TSModuleBlock",
  "TSModuleDeclaration",
  "TSNonNullExpression",
  "TSParameterProperty",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

function isReference(node: Node, holder: Node | undefined): boolean {
  switch (holder?.type) {
    case "MemberExpression":
      return holder.object === node || holder.computed;
    case "Property":
      // Of `{ name }` key and value are at one place: the value counts.
      return holder.value === node || holder.computed;
    case "MethodDefinition":
    case "PropertyDefinition":
    case "AccessorProperty":
      return holder.value === node || holder.computed;
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
    case "ImportAttribute":
    case "ExportAllDeclaration":
    case "TSEnumMember":
    case "TSModuleDeclaration":
      return false;
    case "ExportSpecifier":
      return holder.local === node;
    default:
      return true;
  }
}

function isComponent(node: Node & { readonly name: string }, holder: Node | undefined): boolean {
  if (holder?.type === "JSXMemberExpression") return holder.object === node;
  return holder?.type === "JSXOpeningElement" && /^[A-Z_$]/.test(node.name);
}
