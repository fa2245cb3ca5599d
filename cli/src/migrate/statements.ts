import { ts } from "ts-morph";
import type { TextEdit } from "../edit/text-edit.js";

/** The statement of a variable that is declared alone. */
export function soleStatement({ parent }: ts.VariableDeclaration): ts.VariableStatement | undefined {
  if (!ts.isVariableDeclarationList(parent) || parent.declarations.length > 1) return undefined;
  return ts.isVariableStatement(parent.parent) ? parent.parent : undefined;
}

/** Takes a statement out with its line, where it has one for itself. */
export function removeStatement({ text }: ts.SourceFile, node: ts.Node): TextEdit {
  const start = node.getStart();
  const end = node.getEnd();
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end))?.[0];
  const opensLine = start === indent || text[start - indent - 1] === "\n";
  return opensLine && rest !== undefined
    ? { start: start - indent, end: end + rest.length, text: "" }
    : { start, end, text: "" };
}
