import { createRequire } from "node:module";
import type { Diagnostic } from "./diagnostic.js";

/** Lines longer than this are no author's: a frame of one would fill the terminal. */
const LONGEST_LINE = 300;

/** The lines around a diagnostic's place, the place marked. Undefined where the lines are not made for reading. */
export function codeFrame(source: string, { line, column, length }: Diagnostic, colours: boolean): string | undefined {
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  if (lines.slice(Math.max(line - 2, 0), line + 1).some((each) => each.length > LONGEST_LINE)) return undefined;
  const lineEnd = (lines[line - 1]?.length ?? 0) + 1;
  const end = Math.max(Math.min(column + length, lineEnd), column + 1);
  const { codeFrameColumns }: typeof import("@babel/code-frame") = createRequire(import.meta.url)("@babel/code-frame");
  return codeFrameColumns(
    printable(source),
    { start: { line, column }, end: { line, column: end } },
    { linesAbove: 1, linesBelow: 1, highlightCode: colours, forceColor: colours },
  );
}

/** Control characters as ones that are shown, so that a terminal does not obey them; columns stay. */
function printable(source: string): string {
  return source.replace(/(?![\n\r])[\p{Cc}\p{Cf}]/gu, (found) => (found === "\t" ? " " : "·".repeat(found.length)));
}
