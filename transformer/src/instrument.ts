import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { DiagnosticList } from "./diagnostics/diagnostic.js";
import { findDirectives } from "./directive/find-directives.js";
import { mayHaveTag } from "./gate.js";
import { isInstrumented } from "./instrumented.js";
import type { ModuleOutline } from "./manifest/outline.js";
import { outlineModule } from "./manifest/outline-module.js";
import { moduleFormat } from "./module-format.js";
import { tooDeepAt } from "./nesting.js";
import { languageOf, type ModuleFormat, parseFile } from "./parse.js";
import { printText, type SourceMap } from "./print/text.js";
import { relativePath } from "./relative-path.js";
import { type Plan, planFile } from "./rewrite/plan.js";
import { Globals, type ProgramNames } from "./scope/globals.js";
import type { ReadImport } from "./scope/imported-types.js";
import { findSites } from "./sites/find-sites.js";
import type { Site } from "./sites/site.js";
import type { FileFacts } from "./sites/site-context.js";
import { SourceText } from "./source-text.js";

export interface InstrumentOptions {
  /** Path of the file; its extension tells the language. */
  readonly filename: string;
  /** Sites and diagnostics name files relative to it. Default: the working directory. */
  readonly root?: string;
  /** `off` gives every text back as it is. */
  readonly mode?: "on" | "off";
  /** Specifier of the runtime's compiled entry in generated code. */
  readonly runtime?: string;
  /** A file with an error comes back as it is, instead of only the faulty sites. Hosts fail the build on it. */
  readonly strict?: boolean;
  /** Names that are there at run time without being declared or imported, beside those of the usual environments. */
  readonly globals?: readonly string[];
  /** Reads what the file imports, when a tag names something of it that may be a type; without, nothing is read. */
  readonly readImport?: ReadImport;
  /** How the file is loaded, where the host knows. Default: its extension, else its syntax, else what is usual for it. */
  readonly format?: ModuleFormat;
  /** Default: true. */
  readonly sourceMap?: boolean;
  /** Also give what a manifest says of the file, in the result's `outline`. Default: false. */
  readonly outline?: boolean;
  /** The map of the text itself, where it was generated; the result leads back to its sources. */
  readonly inputSourceMap?: SourceMap;
}

export interface InstrumentResult {
  readonly code: string;
  /** Null when nothing was changed or no map was asked for. */
  readonly map: SourceMap | null;
  readonly sites: readonly Site[];
  readonly diagnostics: readonly Diagnostic[];
  /** Where it was asked for and something is traced. */
  readonly outline?: ModuleOutline | undefined;
}

export const RUNTIME = "@llmobs/runtime/compiled";

/**
 * Rewrites every function with an `@llmobs` tag into one that is traced. Pure: the
 * same text and options give the same result, and nothing is read or written.
 * Never throws for a program's text; what is wrong with it is in `diagnostics`.
 */
export function instrument(source: string, options: InstrumentOptions): InstrumentResult {
  const untouched = { code: source, map: null, sites: [], diagnostics: [] };
  if (options.mode === "off" || !mayHaveTag(source)) return untouched;
  const analysis = analyse(source, options);
  const { sites, diagnostics, plan, outline } = analysis;
  const failed = options.strict === true && diagnostics.some(({ severity }) => severity === "error");
  if (plan === undefined || failed) return { ...untouched, diagnostics };
  const printed = printText(source, plan, {
    filename: options.filename,
    format: analysis.format,
    sourceMap: options.sourceMap ?? true,
    inputSourceMap: options.inputSourceMap,
  });
  return { ...printed, sites, diagnostics, ...(outline && { outline }) };
}

/** What is to be done to a file; without `plan` nothing is. */
export type Analysis =
  | {
      readonly plan: Plan;
      readonly format: "module" | "commonjs";
      readonly sites: readonly Site[];
      readonly diagnostics: readonly Diagnostic[];
      readonly outline: ModuleOutline | undefined;
    }
  | {
      readonly plan?: undefined;
      readonly sites: readonly [];
      readonly diagnostics: readonly Diagnostic[];
      readonly outline?: undefined;
    };

/** What a compiler knows beyond the text. */
export interface CompilerFacts {
  readonly names?: ProgramNames;
  readonly lowered?: FileFacts["lowered"];
}

const NOT_LOWERED: FileFacts["lowered"] = new Set();

/** The part of `instrument` that both printers share: tags → sites → plan. */
export function analyse(source: string, options: InstrumentOptions, compiler: CompilerFacts = {}): Analysis {
  const runtime = options.runtime ?? RUNTIME;
  if (!mayHaveTag(source)) return { sites: [], diagnostics: [] };
  const text = new SourceText(source);
  const file = relativePath(options.filename, options.root ?? process.cwd());
  const diagnostics = new DiagnosticList(file, text);
  const nothing = () => ({ sites: [], diagnostics: diagnostics.list() }) as const;

  const deep = tooDeepAt(source);
  if (deep !== undefined) {
    diagnostics.add("LLMOBS1060", deep, deep + 1, {});
    return nothing();
  }
  const parsed = parseFile(options.filename, source, options.format);
  if ("failure" in parsed) {
    const { start, end, reason, comments } = parsed.failure;
    // A `*/` in a tag ends its comment, and what follows is no code.
    const ofTags = new DiagnosticList(file, text);
    findDirectives(source, { comments, language: languageOf(options.filename) }, ofTags);
    const cause = ofTags.list().filter(({ code }) => code === "LLMOBS1005" || code === "LLMOBS1006");
    if (cause.length === 0) diagnostics.add("LLMOBS1019", start, end, { reason });
    return { sites: [], diagnostics: [...cause, ...diagnostics.list()] };
  }
  if (isInstrumented(source, parsed.program, runtime)) return nothing();
  const format = options.format ?? moduleFormat(options.filename, parsed);
  const facts = {
    isModule: format === "module",
    globals: new Globals(parsed, {
      filename: options.filename,
      globals: options.globals ?? [],
      readImport: options.readImport,
      program: compiler.names,
    }),
    lowered: compiler.lowered ?? NOT_LOWERED,
  };
  const found = findSites(text, file, parsed, facts, diagnostics);
  if (found.length === 0) return nothing();
  if (format === "script") {
    diagnostics.add("LLMOBS1020", 0, 1, {});
    return nothing();
  }
  return {
    plan: planFile(source, found, parsed, runtime),
    format,
    sites: found.map(({ site }) => site),
    diagnostics: diagnostics.list(),
    outline: options.outline === true ? outlineModule(file, parsed, found) : undefined,
  };
}
