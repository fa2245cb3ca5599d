import { join } from "node:path";
import llmobs from "@llmobs/transformer/typescript";
import ts from "typescript";
import { FIXTURES, fixtureOf, type ModuleKind, sourceFiles } from "./fixtures.js";

/** Compiles all fixtures of a kind with TypeScript; instrumented as ts-patch does it, by the AST printer. */
export function buildWithAst(
  kind: ModuleKind,
  instrumented: boolean,
  folder: string,
  options: ts.CompilerOptions = {},
  only?: readonly string[],
): void {
  const program = createFixtureProgram(kind, { ...options, outDir: folder }, only);
  const { emitSkipped } = instrumented ? emitInstrumented(program) : program.emit();
  if (emitSkipped) throw new Error("TypeScript did not emit the fixtures");
}

export function emitInstrumented(program: ts.Program, write?: ts.WriteFileCallback): ts.EmitResult {
  const before = [llmobs(program, { root: FIXTURES }, { ts })];
  return program.emit(undefined, write, undefined, false, { before });
}

/** A program of all fixtures of a kind, or of those that are named. */
export function createFixtureProgram(
  kind: ModuleKind,
  more: ts.CompilerOptions = {},
  only?: readonly string[],
): ts.Program {
  const files = sourceFiles(kind)
    .filter((file) => only?.includes(fixtureOf(file)) ?? true)
    .map((file) => join(FIXTURES, file));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    ...(kind === "esm"
      ? { module: ts.ModuleKind.ES2022, moduleResolution: ts.ModuleResolutionKind.Bundler }
      : { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 }),
    allowJs: true,
    alwaysStrict: false,
    jsx: ts.JsxEmit.React,
    jsxFactory: "element",
    esModuleInterop: true,
    skipLibCheck: true,
    types: [],
    inlineSourceMap: true,
    rootDir: FIXTURES,
    ...more,
  };
  return ts.createProgram(files, options, sharingLibraries(options));
}

const libraries = new Map<string, ts.SourceFile | undefined>();

/** Four programs read the same declarations of the language: they are parsed once. */
function sharingLibraries(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  return {
    ...host,
    getSourceFile(file, ...rest) {
      if (!/[/\\]lib\.[\w.]+\.d\.ts$/.test(file)) return read(file, ...rest);
      if (!libraries.has(file)) libraries.set(file, read(file, ...rest));
      return libraries.get(file);
    },
  };
}
