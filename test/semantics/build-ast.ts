import { join } from "node:path";
import llmobs from "@llmobs/transformer/typescript";
import ts from "typescript";
import { FIXTURES, type ModuleKind, sourceFiles } from "./fixtures.js";

/** Compiles all fixtures of a kind with TypeScript; instrumented as ts-patch does it, by the AST printer. */
export function buildWithAst(kind: ModuleKind, instrumented: boolean, folder: string): void {
  const files = sourceFiles(kind).map((file) => join(FIXTURES, file));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    ...(kind === "esm"
      ? { module: ts.ModuleKind.ES2022, moduleResolution: ts.ModuleResolutionKind.Bundler }
      : { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 }),
    allowJs: true,
    alwaysStrict: false,
    esModuleInterop: true,
    skipLibCheck: true,
    types: [],
    rootDir: FIXTURES,
    outDir: folder,
  };
  const program = ts.createProgram(files, options, sharingLibraries(options));
  const { emitSkipped } = program.emit(undefined, undefined, undefined, false, {
    before: instrumented ? [llmobs(program, { root: FIXTURES }, { ts })] : [],
  });
  if (emitSkipped) throw new Error("TypeScript did not emit the fixtures");
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
