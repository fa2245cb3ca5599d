import type { Diagnostic } from "./diagnostic.js";

/** One line: `file:line:column severity CODE message hint`. */
export function formatDiagnostic({ file, line, column, severity, code, message, hint }: Diagnostic): string {
  return `${file}:${line}:${column} ${severity} ${code} ${message} ${hint}`;
}
