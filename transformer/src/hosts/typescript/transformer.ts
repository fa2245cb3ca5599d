import { createRequire } from "node:module";
import { dirname } from "node:path";
import type ts from "typescript";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { formatDiagnostic } from "../../diagnostics/format.js";
import { analyse } from "../../instrument.js";
import { AstPrinter } from "../../print/typescript.js";
import type { HostOptions } from "../options.js";
import { programNames } from "./program-names.js";

type TypeScript = typeof ts;

/** What ts-patch hands to a transformer beside the program: https://github.com/nonara/ts-patch#source-transformer-signature */
interface Extras {
  readonly ts?: TypeScript;
  readonly addDiagnostic?: (diagnostic: ts.Diagnostic) => void;
}

/**
 * ts-patch transformer: `"plugins": [{ "transform": "llmobs-instrument/typescript" }]`.
 * Types, declarations and diagnostics are those of the original; only what is
 * emitted changes. For TypeScript 5.4 to 6; version 7 has no transformers.
 */
export default function transformer(
  program: ts.Program,
  options: HostOptions = {},
  extras: Extras = {},
): ts.TransformerFactory<ts.SourceFile> {
  const typescript = extras.ts ?? loadTypeScript();
  const compilerOptions = program.getCompilerOptions();
  const root = options.root ?? projectFolder(program);
  return (context) => (file) => {
    if (options.mode === "off" || file.isDeclarationFile) return file;
    const isCommonJs = emitsCommonJs(typescript, file, compilerOptions);
    const names = programNames(typescript, program, file);
    const { plan, diagnostics } = analyse(file.text, { ...options, filename: file.fileName, root }, names);
    report(typescript, file, diagnostics, options.strict === true ? extras.addDiagnostic : undefined);
    if (plan === undefined) return file;
    const checker = program.getTypeChecker();
    return new AstPrinter(typescript, plan, { context, checker, compilerOptions, isCommonJs }).print(file);
  };
}

/** The folder of tsconfig.json: the same wherever the compiler was started. */
function projectFolder(program: ts.Program): string {
  const { configFilePath } = program.getCompilerOptions();
  return typeof configFilePath === "string" ? dirname(configFilePath) : program.getCurrentDirectory();
}

function loadTypeScript(): TypeScript {
  const loaded: TypeScript = createRequire(import.meta.url)("typescript");
  if (typeof loaded.createSourceFile === "function") return loaded;
  throw new Error(
    "TypeScript 7 has no transformers. Use a bundler plugin, `node --import llmobs-instrument/register`, or `llmobs-instrument run`.",
  );
}

/** Whether the file's output loads modules with `require`: https://www.typescriptlang.org/tsconfig/#module */
function emitsCommonJs(typescript: TypeScript, file: ts.SourceFile, options: ts.CompilerOptions): boolean {
  const { ModuleKind } = typescript;
  const kind = options.module ?? ModuleKind.CommonJS;
  if (kind >= ModuleKind.Node16 && kind <= ModuleKind.NodeNext) return file.impliedNodeFormat === ModuleKind.CommonJS;
  return kind === ModuleKind.CommonJS;
}

/** A strict build fails on errors through the compiler; otherwise a line on stderr leaves its exit code alone. */
function report(
  typescript: TypeScript,
  file: ts.SourceFile,
  diagnostics: readonly Diagnostic[],
  addDiagnostic: Extras["addDiagnostic"],
): void {
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity === "hint") continue;
    if (addDiagnostic === undefined || diagnostic.severity !== "error") {
      process.stderr.write(`[llmobs] ${formatDiagnostic(diagnostic)}\n`);
      continue;
    }
    addDiagnostic({
      file,
      start: file.getPositionOfLineAndCharacter(diagnostic.line - 1, diagnostic.column - 1),
      length: diagnostic.length,
      category: typescript.DiagnosticCategory.Error,
      code: Number(diagnostic.code.slice("LLMOBS".length)),
      source: "llmobs",
      messageText: `${diagnostic.code} ${diagnostic.message} ${diagnostic.hint}`,
    });
  }
}
