import pc from "picocolors";
import { CATALOGUE } from "./catalogue.js";
import { codeFrame } from "./code-frame.js";
import type { Diagnostic } from "./diagnostic.js";

/** One line: `file:line:column severity CODE message hint`. */
export function formatDiagnostic({ file, line, column, severity, code, message, hint }: Diagnostic): string {
  return `${file}:${line}:${column} ${severity} ${code} ${message} ${hint}`;
}

/** For a terminal: what is wrong, the code in question, how to mend it and why it is so. `source` is the file's text. */
export function formatWithFrame(diagnostic: Diagnostic, source: string, hasColours: boolean): string {
  const { file, line, column, severity, code, message, hint } = diagnostic;
  const paint = pc.createColors(hasColours);
  const colourOf = { error: paint.red, warning: paint.yellow, hint: paint.blue };
  const head = `${file}:${line}:${column} ${colourOf[severity](severity)} ${paint.dim(code)} ${message}`;
  const frame = codeFrame(source, diagnostic, hasColours);
  return [head, ...(frame === undefined ? [] : [frame]), hint, paint.dim(CATALOGUE[code].why)].join("\n");
}
