import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Diagnostic, formatWithFrame, type Severity } from "@llmobs/transformer";
import { colours, hasColours, printable } from "../terminal/output.js";
import type { CheckResult } from "./check.js";

/** Diagnostics, one a line or on a terminal with the code in question, then the sites. Files are below `root`. */
export function printCheck(
  { files, sites, diagnostics }: CheckResult,
  stream: NodeJS.WriteStream,
  root: string,
): string {
  const paint = colours(stream);
  const places = sites.map(({ file, line, column }) => `${file}:${line}:${column}`);
  const width = Math.max(0, ...places.map((place) => place.length));
  const lines = [
    ...(stream.isTTY === true ? withFrames(diagnostics, root, hasColours(stream)) : onLines(diagnostics, stream)),
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

function onLines(diagnostics: readonly Diagnostic[], stream: NodeJS.WriteStream): readonly string[] {
  const paint = colours(stream);
  const colourOf: Readonly<Record<Severity, (text: string) => string>> = {
    error: paint.red,
    warning: paint.yellow,
    hint: paint.blue,
  };
  return diagnostics.map(
    ({ file, line, column, severity, code, message, hint }) =>
      `${file}:${line}:${column} ${colourOf[severity](severity)} ${paint.dim(code)} ${message} ${hint}`,
  );
}

function withFrames(diagnostics: readonly Diagnostic[], root: string, isColoured: boolean): readonly string[] {
  const texts = new Map<string, string>();
  return diagnostics.flatMap((diagnostic, index) => {
    const { file } = diagnostic;
    const source = texts.get(file) ?? readFileSync(resolve(root, file), "utf8");
    texts.set(file, source);
    const text = formatWithFrame(diagnostic, source, isColoured);
    return index === 0 ? [text] : ["", text];
  });
}
