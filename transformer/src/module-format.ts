import { walk } from "./ast.js";
import type { ParsedFile } from "./parse.js";

/** How a file is loaded: by its extension, else by its syntax, else as is usual for its language. */
export function moduleFormat(filename: string, parsed: ParsedFile): "module" | "commonjs" {
  if (/\.m[jt]s$/i.test(filename)) return "module";
  if (/\.c[jt]s$/i.test(filename)) return "commonjs";
  if (usesCommonJs(parsed)) return "commonjs";
  if (parsed.hasModuleSyntax) return "module";
  return /\.js$/i.test(filename) ? "commonjs" : "module";
}

/** `export =`, `import x = require()`; and, in a file without imports and exports, `require()`, `module.exports`, `exports.x`. */
function usesCommonJs({ program, hasModuleSyntax }: ParsedFile): boolean {
  let found = program.body.some(
    (node) =>
      node.type === "TSExportAssignment" ||
      (node.type === "TSImportEqualsDeclaration" && node.moduleReference.type === "TSExternalModuleReference"),
  );
  if (found || hasModuleSyntax) return found;
  walk(program, ({ node }) => {
    if (node.type === "CallExpression" && node.callee.type === "Identifier") found ||= node.callee.name === "require";
    if (node.type === "MemberExpression" && node.object.type === "Identifier") {
      found ||= node.object.name === "exports" || (node.object.name === "module" && !node.computed);
    }
    return !found;
  });
  return found;
}
