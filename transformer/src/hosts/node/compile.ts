import { readFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import { type TransformFailure, type TransformOptions, transformSync } from "esbuild";
import { type Cache, getTsconfig } from "get-tsconfig";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { mayHaveTag } from "../../gate.js";
import { instrument } from "../../instrument.js";
import { isModule } from "../../parse.js";
import { type Place, SourceText } from "../../source-text.js";
import { inlineSourceMap, isDependency } from "../options.js";
import { readImport } from "../read-import.js";
import { report } from "../report.js";

/** Node's own module formats that are ours to compile. */
export type NodeFormat = "module" | "commonjs";

const TYPESCRIPT = /\.(?:[cm]?ts|tsx)$/;
const JSX = /\.[jt]sx$/;

export function isTypeScript(path: string): boolean {
  return TYPESCRIPT.test(path);
}

/** Files that Node can't run as they are. */
export function needsCompiling(path: string): boolean {
  return TYPESCRIPT.test(path) || JSX.test(path);
}

/**
 * The JavaScript of a source file: instrumented, then freed of types and JSX where
 * it has any. Carries its source map inside. Undefined when Node can run the file as it is.
 */
export function compile(path: string, format: NodeFormat): string | undefined {
  if (isDependency(path) && !needsCompiling(path)) return undefined;
  const source = readFileSync(path, "utf8").replace(/^\ufeff/, "");
  const traced = isDependency(path) ? undefined : instrumented(source, path, format);
  if (!needsCompiling(path)) return traced;
  return withoutTypes(traced ?? source, path, format);
}

function withoutTypes(source: string, path: string, format: NodeFormat): string {
  try {
    return transformSync(source, {
      sourcefile: path,
      loader: JSX.test(path) ? (TYPESCRIPT.test(path) ? "tsx" : "jsx") : "ts",
      format: format === "commonjs" ? "cjs" : "esm",
      target: `node${process.versions.node}`,
      sourcemap: "inline",
      logLevel: "silent",
      tsconfigRaw: compilerOptions(path),
    }).code;
  } catch (error) {
    throw readableError(error, path);
  }
}

/** A syntax error as Node words one: place, line and reason, without the compiler's own stack. */
function readableError(error: unknown, path: string): unknown {
  const [first] = isTransformFailure(error) ? error.errors : [];
  if (first === undefined) return error;
  const { line = 1, column = 0, lineText = "" } = first.location ?? {};
  return errorAt(path, { line, column: column + 1 }, lineText, first.text);
}

/** With LLMOBS_STRICT an error in a tag fails the program, as `strict` fails a build. */
function isStrict(): boolean {
  return /^(?:true|1)$/i.test(process.env.LLMOBS_STRICT ?? "");
}

function tagError({ line, column, code, message, hint }: Diagnostic, source: string, path: string): SyntaxError {
  return errorAt(path, { line, column }, new SourceText(source).line(line), `${code} ${message} ${hint}`);
}

function errorAt(path: string, { line, column }: Place, lineText: string, message: string): SyntaxError {
  const error = new SyntaxError(message);
  error.stack = `${path}:${line}:${column}\n${lineText}\n${" ".repeat(column - 1)}^\nSyntaxError: ${message}`;
  return error;
}

function isTransformFailure(error: unknown): error is TransformFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function instrumented(source: string, path: string, format: NodeFormat): string | undefined {
  if (!mayHaveTag(source)) return undefined;
  const { code, map, diagnostics } = instrument(source, {
    filename: path,
    format: formatOf(source, path, format),
    readImport,
  });
  const [first] = isStrict() ? diagnostics.filter(({ severity }) => severity === "error") : [];
  report(
    diagnostics.filter((diagnostic) => diagnostic !== first),
    source,
  );
  if (first !== undefined) throw tagError(first, source, path);
  return map === null ? undefined : code + inlineSourceMap(map);
}

/** esbuild turns `import` into `require` itself, so a CommonJS TypeScript file written with imports stays one. */
function formatOf(source: string, path: string, format: NodeFormat): NodeFormat {
  return format === "commonjs" && needsCompiling(path) && isModule(path, source) ? "module" : format;
}

const tsconfigs: Cache = new Map();

type RawTsconfig = NonNullable<Exclude<TransformOptions["tsconfigRaw"], string>>;

/** Of the nearest tsconfig.json, the options that change what code does. */
function compilerOptions(path: string): RawTsconfig {
  const options = getTsconfig(dirname(path), "tsconfig.json", tsconfigs)?.config.compilerOptions ?? {};
  const kept = RELEVANT.flatMap((name): [string, unknown][] =>
    options[name] === undefined ? [] : [[name, options[name]]],
  );
  return { compilerOptions: Object.fromEntries(kept) };
}

/** `target` is among them because it decides what class fields mean: https://www.typescriptlang.org/tsconfig/#useDefineForClassFields */
const RELEVANT = [
  "alwaysStrict",
  "experimentalDecorators",
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "strict",
  "target",
  "useDefineForClassFields",
  "verbatimModuleSyntax",
] as const;

/** How Node loads a file: extension, else package.json, else (as Node 22 does) its syntax. */
export function nodeFormat(path: string, packageType: "module" | "commonjs" | undefined): NodeFormat {
  const extension = extname(path);
  if (/^\.m[jt]s$/.test(extension)) return "module";
  if (/^\.c[jt]s$/.test(extension)) return "commonjs";
  if (packageType !== undefined) return packageType;
  return isModule(path, readFileSync(path, "utf8")) ? "module" : "commonjs";
}
