import llmobs from "@llmobs/transformer/typescript";
import ts from "typescript";

const FILE = "/program/random.js";

/** Compiles one CommonJS file without imports with TypeScript; instrumented by the AST printer. */
export function compileProgram(source: string, instrumented: boolean): string {
  const file = ts.createSourceFile(FILE, source, ts.ScriptTarget.Latest, true);
  let output = "";
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === FILE ? file : undefined),
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile(_name, text) {
      output = text;
    },
    getCurrentDirectory: () => "/program",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: () => false,
    readFile: () => undefined,
  };
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleDetection: ts.ModuleDetectionKind.Legacy,
    alwaysStrict: false,
    allowJs: true,
    noLib: true,
    noResolve: true,
    types: [],
    outDir: "/output",
  };
  const program = ts.createProgram([FILE], options, host);
  const before = instrumented ? [llmobs(program, { root: "/program" }, { ts })] : [];
  program.emit(undefined, undefined, undefined, false, { before });
  return output;
}
