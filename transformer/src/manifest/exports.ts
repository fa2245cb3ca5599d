import type { Node } from "oxc-parser";
import type { Path } from "../ast.js";
import { bindingNames } from "../binding-names.js";
import { exportName } from "./declarations.js";
import { memberName } from "./member-name.js";
import { append, type Scopes, type Source, type Sources } from "./scopes.js";
import { thisHolder } from "./this-holder.js";

/** Adds what an `export` statement exports, from its module or from a namespace. */
export function addExports(path: Path, scopes: Scopes): void {
  const { node, parent } = path;
  switch (node.type) {
    case "TSExportAssignment":
      append(scopes.exports, "export=", { type: "node", path: { node: node.expression, parent: path } });
      break;
    case "ExportDefaultDeclaration":
      append(scopes.exports, "default", { type: "node", path: { node: node.declaration, parent: path } });
      break;
    case "ExportAllDeclaration": {
      const specifier = node.source.value;
      if (node.exported === null) scopes.exportsAllOf.push(specifier);
      else append(scopes.exports, exportName(node.exported), { type: "value", value: { type: "module", specifier } });
      break;
    }
    case "ExportNamedDeclaration": {
      const exports = parent?.node.type === "TSModuleBlock" ? namespaceMembers(parent.parent, scopes) : scopes.exports;
      const specifier = node.source?.value;
      for (const { local, exported } of node.specifiers) {
        const name = exportName(local);
        const source: Source =
          specifier === undefined
            ? { type: "name", name, path }
            : { type: "value", value: { type: "member", of: { type: "module", specifier }, name } };
        append(exports, exportName(exported), source);
      }
      for (const name of declaredNames(node.declaration)) append(exports, name, { type: "name", name, path });
      break;
    }
  }
}

function declaredNames(declaration: Node | null): readonly string[] {
  switch (declaration?.type) {
    case "VariableDeclaration":
      return declaration.declarations.flatMap(({ id }) => bindingNames(id));
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSModuleDeclaration":
      return declaration.id?.type === "Identifier" ? [declaration.id.name] : [];
    default:
      return [];
  }
}

function namespaceMembers(path: Path | null, scopes: Scopes): Sources {
  const isNamed = path?.node.type === "TSModuleDeclaration" && path.node.id.type === "Identifier";
  return isNamed && path.node.id.type === "Identifier"
    ? scopes.declaration(path.parent, path.node.id.name).members
    : new Map();
}

/** Adds what an assignment gives: to a name, to a member of one or of `this`, to CommonJS's exports. */
export function addAssignment(path: Path, scopes: Scopes): void {
  if (path.node.type !== "AssignmentExpression") return;
  const { left, right } = path.node;
  const source: Source = { type: "node", path: { node: right, parent: path } };
  if (left.type === "Identifier") {
    scopes.find(left.name, path)?.sources.push(source);
    return;
  }
  const name = left.type === "MemberExpression" ? memberName(left) : undefined;
  if (left.type !== "MemberExpression" || name === undefined) return;
  const { object } = left;
  if (object.type === "ThisExpression") {
    const holder = thisHolder(path);
    if (holder?.type === "class" && !holder.isStatic) append(scopes.membersOf(holder.node), name, source);
  } else if (isExports(object, path, scopes)) {
    append(scopes.exports, name, source);
  } else if (isExports(left, path, scopes)) {
    append(scopes.exports, "export=", source);
  } else if (object.type === "Identifier") {
    const declaration = scopes.find(object.name, path);
    if (declaration !== undefined) append(declaration.members, name, source);
  }
}

/** CommonJS's `exports` or `module.exports`. */
export function isExports(node: Node, from: Path, scopes: Scopes): boolean {
  if (node.type === "Identifier") return node.name === "exports" && scopes.find("exports", from) === undefined;
  if (node.type !== "MemberExpression" || memberName(node) !== "exports") return false;
  const { object } = node;
  return object.type === "Identifier" && object.name === "module" && scopes.find("module", from) === undefined;
}
