import type { Node, VariableDeclarator } from "oxc-parser";
import { isFunction, type Path } from "../ast.js";
import { bindingNames } from "../binding-names.js";
import type { Value } from "./outline.js";
import type { Scopes, Source } from "./scopes.js";

const UNKNOWN: Source = { type: "unknown" };

/** Adds the names that a node declares to the scopes around it, or to its own. */
export function addDeclarations(path: Path, scopes: Scopes): void {
  const { node, parent } = path;
  const declare = (place: Path | null, name: string, source: Source) =>
    scopes.declaration(place, name).sources.push(source);
  switch (node.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
      if (node.id) declare(parent, node.id.name, { type: "node", path });
      break;
    case "FunctionExpression":
    case "ClassExpression":
      if (node.id) declare(path, node.id.name, { type: "node", path });
      break;
    case "VariableDeclarator":
      addVariable(path, node, scopes);
      break;
    case "CatchClause":
      if (node.param !== null) addUnknown(path, node.param, scopes);
      break;
    case "TSEnumDeclaration":
      declare(parent, node.id.name, UNKNOWN);
      break;
    case "TSModuleDeclaration":
      if (node.id.type === "Identifier") scopes.declaration(parent, node.id.name);
      break;
    case "ImportDeclaration":
      for (const specifier of node.specifiers) {
        const value = importedValue(node.source.value, specifier);
        declare(path, specifier.local.name, { type: "value", value });
      }
      break;
    case "TSImportEqualsDeclaration": {
      const { moduleReference: reference } = node;
      const isModule = reference.type === "TSExternalModuleReference";
      const value: Value | undefined = isModule ? { type: "module", specifier: reference.expression.value } : undefined;
      declare(path, node.id.name, value === undefined ? UNKNOWN : { type: "value", value });
      break;
    }
  }
  if (isFunction(node)) for (const parameter of node.params) addParameter(path, parameter, scopes);
}

function importedValue(specifier: string, imported: Node): Value {
  const module: Value = { type: "module", specifier };
  switch (imported.type) {
    case "ImportSpecifier":
      return { type: "member", of: module, name: exportName(imported.imported) };
    case "ImportDefaultSpecifier":
      return { type: "member", of: module, name: "default" };
    default:
      return module;
  }
}

/** A name of an import or export list, which may be a string. */
export function exportName(name: Node): string {
  if (name.type === "Identifier") return name.name;
  return name.type === "Literal" ? String(name.value) : "";
}

function addVariable(path: Path, { id, init }: VariableDeclarator, scopes: Scopes): void {
  const { place, isLoop } = placeOf(path);
  const value = init === null ? undefined : { node: init, parent: path };
  if (id.type === "Identifier") {
    const { sources } = scopes.declaration(place, id.name);
    if (value !== undefined) sources.push({ type: "node", path: value });
    else if (isLoop) sources.push(UNKNOWN);
  } else if (value !== undefined && id.type === "ObjectPattern") {
    for (const property of id.properties) addPart(place, property, value, scopes);
  } else {
    addUnknown(place, id, scopes);
  }
}

/** Where a declarator's names belong. */
function placeOf({ parent }: Path): { readonly place: Path | null; readonly isLoop: boolean } {
  const loop = parent?.parent?.node.type;
  const isLoop = loop === "ForOfStatement" || loop === "ForInStatement";
  let place = parent;
  if (parent?.node.type === "VariableDeclaration" && parent.node.kind === "var") {
    while (
      place?.parent &&
      !isFunction(place.node) &&
      place.node.type !== "StaticBlock" &&
      place.node.type !== "TSModuleBlock"
    ) {
      place = place.parent;
    }
  }
  return { place, isLoop };
}

/** `{ name }` or `{ name: other }`; what nests deeper or has a default is unknown. */
function addPart(place: Path | null, property: Node, value: Path, scopes: Scopes): void {
  const isPlain = property.type === "Property" && !property.computed && property.value.type === "Identifier";
  if (isPlain && property.value.type === "Identifier") {
    const source: Source = { type: "part", path: value, name: exportName(property.key) };
    scopes.declaration(place, property.value.name).sources.push(source);
    return;
  }
  addUnknown(
    place,
    property.type === "RestElement" ? property.argument : property.type === "Property" ? property.value : property,
    scopes,
  );
}

function addParameter(fn: Path, parameter: Node, scopes: Scopes): void {
  const inner = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  const pattern: Node = inner.type === "AssignmentPattern" ? inner.left : inner;
  if (pattern.type === "Identifier" && pattern.typeAnnotation) {
    const path = { node: pattern.typeAnnotation, parent: fn };
    scopes.declaration(fn, pattern.name).sources.push({ type: "typed", path });
  } else {
    addUnknown(fn, pattern, scopes);
  }
}

function addUnknown(place: Path | null, pattern: Node, scopes: Scopes): void {
  for (const name of bindingNames(pattern)) scopes.declaration(place, name).sources.push(UNKNOWN);
}
