import { ts } from "ts-morph";
import type { TextEdit } from "../edit/text-edit.js";
import type { Unit } from "./units.js";

/**
 * The insertion that puts a tag before a function: a line of its own where the function begins a line, a line of the
 * doc comment that is there, else a comment before the expression. Nothing else of the text moves.
 */
export function insertTag(source: string, { declaration, node }: Unit, tag: string): TextEdit {
  const anchor = anchorOf(declaration, node);
  const start = anchor.getStart();
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const indent = /^[ \t]*/.exec(source.slice(lineStart))?.[0] ?? "";
  const lineEnd = /\r?\n/.exec(source)?.[0] ?? "\n";
  const isInline =
    anchor === node && declaration !== node
      ? true
      : source
          .slice(lineStart, start)
          .replace(/^\uFEFF/, "")
          .trim() !== "";
  const comment = docComment(source, anchor);
  if (comment !== undefined && !isInline) return intoComment(source, comment, indent, lineEnd, tag);
  if (isInline) return { start, end: start, text: `/** ${tag} */ ` };
  return { start, end: start, text: `/** ${tag} */${lineEnd}${indent}` };
}

/** What the tag stands before: the statement or member of the function, with its decorators and `export`. */
function anchorOf(declaration: ts.Node, node: ts.Node): ts.Node {
  if (ts.isVariableDeclaration(declaration)) {
    const list = declaration.parent;
    if (ts.isVariableDeclarationList(list) && list.declarations.length === 1 && ts.isVariableStatement(list.parent))
      return list.parent;
    return node;
  }
  if (ts.isBinaryExpression(declaration))
    return ts.isExpressionStatement(declaration.parent) ? declaration.parent : node;
  return declaration;
}

/** The last doc comment before a node, if only white space is between. */
function docComment(source: string, anchor: ts.Node): { readonly start: number; readonly end: number } | undefined {
  const last = ts.getLeadingCommentRanges(source, anchor.getFullStart())?.at(-1);
  if (last === undefined || !source.startsWith("/**", last.pos) || last.end - last.pos <= "/**/".length)
    return undefined;
  return source.slice(last.end, anchor.getStart()).trim() === "" ? { start: last.pos, end: last.end } : undefined;
}

function intoComment(
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  indent: string,
  lineEnd: string,
  tag: string,
): TextEdit {
  const text = source.slice(start, end);
  // Behind the last line that says something: what is before `*/` stays there.
  const at = start + text.replace(/\s*\*\/$/, "").length;
  return { start: at, end: at, text: `${lineEnd}${indent} * ${tag}` };
}
