import { fileURLToPath, pathToFileURL } from "node:url";
import { isDependency, SOURCE_FILE } from "../options.js";
import { packageType } from "../package-type.js";
import { resolveSource } from "../resolve-source.js";
import { compile, isTypeScript, type NodeFormat, needsCompiling, nodeFormat } from "./compile.js";
import { prefersSource } from "./resolve.js";

/** The parts of Node's hook arguments that are used: https://nodejs.org/api/module.html#customization-hooks */
export interface ResolveContext {
  readonly conditions?: readonly string[];
  readonly parentURL?: string | undefined;
}

export interface Resolved {
  readonly url: string;
  readonly shortCircuit: true;
}

/** What the project's own sources ask for, before Node looks; undefined leaves it to Node. */
export function resolveFirst(specifier: string, context: ResolveContext): Resolved | undefined {
  const importer = importerOf(context);
  if (importer === undefined || !prefersSource(specifier, importer)) return undefined;
  return toResolved(resolveSource(specifier, importer, modeOf(context)));
}

/** What Node did not find; undefined when TypeScript would not either. */
export function resolveAfter(specifier: string, context: ResolveContext): Resolved | undefined {
  const importer = importerOf(context);
  return importer === undefined ? undefined : toResolved(resolveSource(specifier, importer, modeOf(context)));
}

function importerOf({ parentURL }: ResolveContext): string | undefined {
  if (parentURL?.startsWith("file:") === true) return fileURLToPath(parentURL);
  return undefined;
}

function modeOf({ conditions }: ResolveContext): "import" | "require" {
  return conditions?.includes("require") === true ? "require" : "import";
}

function toResolved(path: string | undefined): Resolved | undefined {
  return path === undefined ? undefined : { url: pathToFileURL(path).href, shortCircuit: true };
}

export interface Loaded {
  readonly format: NodeFormat;
  readonly source: string;
  readonly shortCircuit: true;
}

/** The file's own place and format; undefined for what is left to Node. */
export function sourceFile(
  url: string,
  knownFormat: string | null | undefined,
): { readonly path: string; readonly format: NodeFormat } | undefined {
  if (!url.startsWith("file:")) return undefined;
  const path = fileURLToPath(url);
  if (!SOURCE_FILE.test(path) || (isDependency(path) && !needsCompiling(path))) return undefined;
  const format =
    !isTypeScript(path) && (knownFormat === "module" || knownFormat === "commonjs")
      ? knownFormat
      : nodeFormat(path, packageType(path));
  return { path, format };
}

/** The compiled file; undefined when Node can load it as it is. */
export function loadSource(path: string, format: NodeFormat): Loaded | undefined {
  const source = compile(path, format);
  return source === undefined ? undefined : { format, source, shortCircuit: true };
}
