import type { PartialMessage } from "esbuild";
import { CATALOGUE } from "../../diagnostics/catalogue.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { SourceText } from "../../source-text.js";

/** Diagnostics of one file as esbuild's messages; hints are left out. */
export function toMessages(diagnostics: readonly Diagnostic[], source: string): PartialMessage[] {
  const text = new SourceText(source);
  return diagnostics
    .filter(({ severity }) => severity !== "hint")
    .map((diagnostic) => {
      const { code, message, hint, file, line, column, length } = diagnostic;
      const lineText = text.line(line);
      const before = lineText.slice(0, column - 1);
      const marked = lineText.slice(column - 1, column - 1 + length);
      // esbuild counts in bytes: https://esbuild.github.io/plugins/#message-location
      const location = { file, line, column: Buffer.byteLength(before), length: Buffer.byteLength(marked), lineText };
      return {
        text: `${code} ${message}`,
        location,
        notes: [{ text: hint }, { text: CATALOGUE[code].why }],
        detail: diagnostic,
      };
    });
}
