import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type InstrumentResult, instrument } from "@llmobs/transformer";
import { transformSync } from "esbuild";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { buildWithAst } from "../semantics/build-ast.js";
import { buildWithText } from "../semantics/build-text.js";
import { FIXTURES, fixtureOf, type ModuleKind, outputFile, sourceFiles } from "../semantics/fixtures.js";
import { checkCompiledWords } from "./compiled-words.js";
import { checkTextWords, withoutLent } from "./text-words.js";
import { type MappedWord, mappedWords, type Output, type Word, wordsOf } from "./words.js";

const CACHE = fileURLToPath(new URL("../.cache/source-maps/", import.meta.url));

const read = (file: string) => readFileSync(join(FIXTURES, file), "utf8");

function instrumented(file: string, kind: ModuleKind): InstrumentResult {
  const isScript = /\.[cm]?jsx?$/.test(file);
  const format = kind === "esm" ? "module" : "commonjs";
  return instrument(read(file), { filename: file, root: ".", ...(isScript ? {} : { format }) });
}

/** Fixtures with imports and members of namespaces that nothing but a tag uses. */
const NAMES_FOR_TAGS = ["tag-names", "required-names", "commonjs.cts"];

const isTraced = (file: string) => read(file).includes("@llmobs");

describe.each(["esm", "cjs"] as const)("%s", (kind) => {
  const files = sourceFiles(kind).filter(isTraced);

  test.each(files)("the text printer maps every word of %s to itself", (file) => {
    const { code, map } = instrumented(file, kind);
    expect(map).not.toBe(null);
    expect(checkTextWords(read(file), { code, map }, file).faults).toEqual([]);
  });

  describe.each([
    { compiler: "esbuild", build: buildWithText, imports: esbuildImports(kind) },
    { compiler: "TypeScript", build: buildWithAst, imports: kind === "cjs" ? ["require"] : [] },
  ])("$compiler", ({ compiler, build, imports }) => {
    const plain = join(CACHE, kind, compiler, "plain");
    const traced = join(CACHE, kind, compiler, "traced");

    beforeAll(() => {
      build(kind, false, plain);
      build(kind, true, traced);
    });

    test.each(files)("every word of %s is mapped as it is without us", (file) => {
      const { code, map } = instrumented(file, kind);
      const { added } = checkTextWords(read(file), { code, map }, file);
      const words = (folder: string) => mappedWords(compiled(outputFile(folder, file)), read(file), "output.js");
      const faults = checkCompiledWords({
        plain: words(plain),
        instrumented: words(traced),
        added: [...added, ...imports, ...(file.endsWith("x") ? ["element"] : [])],
        namesForTags: new Set(
          NAMES_FOR_TAGS.includes(fixtureOf(file)) ? wordsOf(read(file), file).map(({ text }) => text) : [],
        ),
      });
      expect(faults).toEqual([]);
    });
  });
});

/** What esbuild adds to a file for the import of the runtime. */
function esbuildImports(kind: ModuleKind): readonly string[] {
  const { code } = transformSync('import * as runtime from "runtime"; runtime.run()', { format: kind });
  return wordsOf(code, "import.js").map(({ text }) => text);
}

function compiled(path: string): Output {
  const code = readFileSync(path, "utf8");
  const [, base64 = ""] =
    /^\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,(.+)$/m.exec(code) ?? [];
  return { code, map: JSON.parse(Buffer.from(base64, "base64").toString()) };
}

test.each(sourceFiles("esm").filter(isTraced))("%s compiled first: its map and ours become one", (file) => {
  const source = read(file);
  const { outputText: code, sourceMapText = "" } = ts.transpileModule(source, {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ES2022,
      jsx: ts.JsxEmit.React,
      sourceMap: true,
      verbatimModuleSyntax: true,
    },
  });
  const input = JSON.parse(sourceMapText);
  const output = instrument(code, { filename: "output.mjs", root: ".", inputSourceMap: input });
  const places = (of: Output) =>
    mappedWords(of, source, "output.mjs")
      .filter(({ original }) => original !== undefined)
      // Of neighbours from one place the first one's mapping is enough.
      .filter(({ line, original }, index, all) => !isSamePlace(original, all[index - 1], line))
      .map(({ text, original }) => `${withoutLent(text)} from ${original?.line}:${original?.column}`);
  expect(output.map).not.toBe(null);
  expect(places(output)).toEqual(places({ code, map: input }));
});

function isSamePlace(original: Word | undefined, before: MappedWord | undefined, line: number): boolean {
  return (
    before?.line === line && before.original?.line === original?.line && before.original?.column === original?.column
  );
}
