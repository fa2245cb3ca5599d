import { type Comment, type ParserOptions, type Program, parseSync } from "oxc-parser";
import { tooDeepAt } from "./nesting.js";

export type ModuleFormat = "module" | "commonjs" | "script";
export type Language = "js" | "jsx" | "ts" | "tsx";

export interface ParsedFile {
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly language: Language;
  readonly hasModuleSyntax: boolean;
}

export interface ParseFailure {
  readonly reason: string;
  readonly start: number;
  readonly end: number;
  /** Those before the failure. */
  readonly comments: readonly Comment[];
}

export function languageOf(filename: string): Language {
  if (/\.tsx$/i.test(filename)) return "tsx";
  if (/\.[cm]?ts$/i.test(filename)) return "ts";
  // JSX is valid in any JavaScript file that a bundler is told to read so.
  return "jsx";
}

/** Syntax and early errors alike are a failure: a thunk round a body must not make invalid code valid. */
export function parseFile(
  filename: string,
  source: string,
  format: ModuleFormat | undefined,
): ParsedFile | { readonly failure: ParseFailure } {
  const language = languageOf(filename);
  // The parser knows a shebang at the very start only; Node and compilers take one behind a byte order mark too.
  const text = source.startsWith("\ufeff#!") ? source.replace("\ufeff#!", " //") : source;
  let failure: ParseFailure | undefined;
  for (const sourceType of sourceTypes(filename, format)) {
    const parsed = parseSync(filename, text, { lang: language, sourceType, showSemanticErrors: true });
    const error = parsed.errors.find(({ severity }) => severity === "Error");
    if (error === undefined) {
      const { program, comments } = parsed;
      return { program, comments, language, hasModuleSyntax: parsed.module.hasModuleSyntax };
    }
    const label = error.labels[0];
    const start = label?.start ?? 0;
    failure ??= {
      reason: error.message.replace(/[.\s]+$/, ""),
      start,
      end: label?.end ?? 1,
      comments: parsed.comments.filter((comment) => comment.end <= start),
    };
  }
  return { failure: failure ?? { reason: "no parser takes it", start: 0, end: 1, comments: [] } };
}

/** Good enough for a file that must not be parsed. */
const MODULE_LINE = /^(?:import|export)\b(?!\s*[(.=])/m;

/** Whether a file has the syntax of an ES module; `export =` is TypeScript's CommonJS. */
export function isModule(filename: string, source: string): boolean {
  if (tooDeepAt(source) !== undefined) return MODULE_LINE.test(source);
  const parsed = parseSync(filename, source, { lang: languageOf(filename), sourceType: "unambiguous" });
  if (!parsed.module.hasModuleSyntax) return false;
  const mayAssign = /\bexport\s*=/.test(source);
  return !mayAssign || !parsed.program.body.some(({ type }) => type === "TSExportAssignment");
}

/** One expression, or the reason why it is none. `text` is read as if in parentheses. */
export function parseExpression(text: string, language: Language) {
  const parsed = parseSync(`expression.${language}`, `(${text}\n)`, { lang: language, sourceType: "module" });
  const error = parsed.errors[0];
  if (error !== undefined) return { reason: error.message.replace(/[.\s]+$/, "") };
  const statement = parsed.program.body[0];
  if (parsed.program.body.length !== 1 || statement?.type !== "ExpressionStatement") {
    return { reason: "it is not one expression" };
  }
  return { expression: statement.expression, comments: parsed.comments };
}

type SourceType = NonNullable<ParserOptions["sourceType"]>;

function sourceTypes(filename: string, format: ModuleFormat | undefined): readonly SourceType[] {
  if (format === "module" || /\.m[jt]s$/i.test(filename)) return ["module"];
  if (format === "commonjs" || /\.c[jt]s$/i.test(filename)) return ["commonjs", "module"];
  if (format === "script") return ["script"];
  return ["unambiguous", "module", "commonjs"];
}
