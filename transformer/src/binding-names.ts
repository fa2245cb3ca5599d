import type { Node } from "oxc-parser";

/** The names a parameter or a declared pattern binds, in source order. */
export function bindingNames(pattern: Node): readonly string[] {
  switch (pattern.type) {
    case "Identifier":
      // TypeScript's `this` parameter is a type annotation, not a parameter.
      return pattern.name === "this" ? [] : [pattern.name];
    case "AssignmentPattern":
      return bindingNames(pattern.left);
    case "RestElement":
      return bindingNames(pattern.argument);
    case "TSParameterProperty":
      return bindingNames(pattern.parameter);
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        bindingNames(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element === null ? [] : bindingNames(element)));
    default:
      return [];
  }
}
