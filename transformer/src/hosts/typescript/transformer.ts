import { createRequire } from "node:module";
import { dirname } from "node:path";
import type ts from "typescript";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { formatDiagnostic } from "../../diagnostics/format.js";
import { analyse } from "../../instrument.js";
import { AstPrinter } from "../../print/typescript.js";
import { type HostOptions, manifestPath } from "../options.js";
import { report } from "../report.js";
import { ProgramAnalysis } from "./program-analysis.js";
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
  const manifest = manifestPath(options, root);
  const lowered = loweredGenerators(typescript, compilerOptions);
  const analysis = ProgramAnalysis.of(program, { ...options, root }, (file) =>
    analyse(
      file.text,
      { ...options, filename: file.fileName, root, outline: manifest !== undefined },
      { names: programNames(typescript, program, file), lowered },
    ),
  );
  if (manifest !== undefined && options.mode !== "off") analysis.writeManifest(program, root, manifest);
  return (context) => (file) => {
    if (options.mode === "off" || file.isDeclarationFile) return file;
    const isCommonJs = emitsCommonJs(typescript, file, compilerOptions);
    const { plan, diagnostics } = analysis.file(file);
    reportTo(typescript, file, diagnostics, extras, options.strict === true);
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

/** The generators that the target does not have: https://www.typescriptlang.org/tsconfig/#target */
function loweredGenerators({ ScriptTarget }: TypeScript, options: ts.CompilerOptions) {
  const target = options.target ?? ScriptTarget.ES5;
  const kinds = [
    { kind: "generator", since: ScriptTarget.ES2015 },
    { kind: "async generator", since: ScriptTarget.ES2018 },
  ] as const;
  return new Set(kinds.filter(({ since }) => target < since).map(({ kind }) => kind));
}

/** Whether the file's output loads modules with `require`: https://www.typescriptlang.org/tsconfig/#module */
function emitsCommonJs(typescript: TypeScript, file: ts.SourceFile, options: ts.CompilerOptions): boolean {
  const { ModuleKind } = typescript;
  const kind = options.module ?? ModuleKind.CommonJS;
  if (kind >= ModuleKind.Node16 && kind <= ModuleKind.NodeNext) return file.impliedNodeFormat === ModuleKind.CommonJS;
  return kind === ModuleKind.CommonJS;
}

/** A strict build fails on errors, through the compiler where it lets us; otherwise stderr leaves its exit code alone. */
function reportTo(
  typescript: TypeScript,
  file: ts.SourceFile,
  diagnostics: readonly Diagnostic[],
  { addDiagnostic }: Extras,
  isStrict: boolean,
): void {
  const errors = diagnostics.filter(({ severity }) => isStrict && severity === "error");
  report(
    diagnostics.filter((diagnostic) => !errors.includes(diagnostic)),
    file.text,
  );
  if (errors.length > 0 && addDiagnostic === undefined) throw new Error(errors.map(formatDiagnostic).join("\n"));
  for (const { line, column, length, code, message, hint } of errors) {
    addDiagnostic?.({
      file,
      start: file.getPositionOfLineAndCharacter(line - 1, column - 1),
      length,
      category: typescript.DiagnosticCategory.Error,
      code: Number(code.slice("LLMOBS".length)),
      source: "llmobs",
      messageText: `${code} ${message} ${hint}`,
    });
  }
}
