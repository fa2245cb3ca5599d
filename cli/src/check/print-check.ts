import type { Diagnostic, Severity } from "@llmobs/transformer";
import { colours, printable } from "../terminal/output.js";
import type { CheckResult } from "./check.js";

/** Diagnostics, one a line, then the sites. */
export function printCheck({ files, sites, diagnostics }: CheckResult, stream: NodeJS.WriteStream): string {
  const paint = colours(stream);
  const colourOf: Readonly<Record<Severity, (text: string) => string>> = {
    error: paint.red,
    warning: paint.yellow,
    hint: paint.blue,
  };
  const places = sites.map(({ file, line, column }) => `${file}:${line}:${column}`);
  const width = Math.max(0, ...places.map((place) => place.length));
  const lines = [
    ...diagnostics.map((diagnostic) => printDiagnostic(diagnostic, colourOf[diagnostic.severity], paint.dim)),
    ...(diagnostics.length > 0 && sites.length > 0 ? [""] : []),
    ...sites.map(
      ({ kind, name, function: qualified }, index) =>
        `${paint.dim((places[index] ?? "").padEnd(width))}  ${paint.cyan(kind.padEnd(9))}  ${printable(name)}${
          qualified === name ? "" : paint.dim(`  ${printable(qualified)}`)
        }`,
    ),
  ];
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const summary = `${sites.length} traced, ${errors} ${errors === 1 ? "error" : "errors"} in ${files} files`;
  return [...lines, ...(lines.length > 0 ? [""] : []), summary].join("\n");
}

function printDiagnostic(
  { file, line, column, severity, code, message, hint }: Diagnostic,
  paint: (text: string) => string,
  dim: (text: string) => string,
): string {
  return `${file}:${line}:${column} ${paint(severity)} ${dim(code)} ${printable(message)} ${printable(hint)}`;
}
