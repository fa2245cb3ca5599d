import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type InstrumentResult, instrument } from "@llmobs/transformer";
import { transformSync } from "esbuild";
import { FIXTURES, fixtureOf, type ModuleKind, outputFile, sourceFiles } from "./fixtures.js";

/** Compiles all fixtures of a kind with esbuild; instrumented as a bundler's plugin does it, by the text printer. */
export function buildWithText(
  kind: ModuleKind,
  instrumented: boolean,
  folder: string,
  options: TextOptions = {},
  only?: readonly string[],
): void {
  for (const file of sourceFiles(kind).filter((each) => only?.includes(fixtureOf(each)) ?? true)) {
    const filename = join(FIXTURES, file);
    const source = readFileSync(filename, "utf8");
    const code = instrumented ? withInlineMap(instrument(source, { filename, root: FIXTURES })) : source;
    const output = outputFile(folder, file);
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, compile(code, file, kind, options));
  }
}

/** esbuild reads the map of its input from the text, and chains its own to it. */
function withInlineMap({ code, map }: InstrumentResult): string {
  if (map === null) return code;
  const base64 = Buffer.from(JSON.stringify(map)).toString("base64");
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${base64}\n`;
}

/** What tsconfig.json says of modules: https://esbuild.github.io/content-types/#tsconfig-json */
export interface TextOptions {
  readonly isolatedModules?: boolean;
  readonly verbatimModuleSyntax?: boolean;
}

function compile(code: string, file: string, kind: ModuleKind, compilerOptions: TextOptions): string {
  const { code: compiled } = transformSync(code, {
    loader: /\.tsx$/.test(file) ? "tsx" : /\.[cm]?ts$/.test(file) ? "ts" : /\.jsx$/.test(file) ? "jsx" : "js",
    jsxFactory: "element",
    format: kind,
    // Names the exports for Node, which reads them from the text.
    platform: "node",
    target: "es2022",
    sourcefile: file,
    sourcemap: "inline",
    tsconfigRaw: { compilerOptions },
    // Of a module esbuild makes sloppy code otherwise.
    ...(kind === "cjs" && /\.[cm]?tsx?$/.test(file) ? { banner: '"use strict";' } : {}),
  });
  return compiled;
}
