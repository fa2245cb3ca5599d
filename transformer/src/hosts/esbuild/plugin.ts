import { readFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import type { BuildOptions, Loader, OnLoadResult, PartialMessage, Plugin } from "esbuild";
import { CATALOGUE } from "../../diagnostics/catalogue.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { mayHaveTag } from "../../gate.js";
import { instrument } from "../../instrument.js";
import { SourceText } from "../../source-text.js";
import { type HostOptions, inlineSourceMap, isDependency, SOURCE_FILE } from "../options.js";
import { packageType } from "../package-type.js";
import { taggedFiles, taggedFilesFilter } from "./tagged-files.js";

export interface EsbuildOptions extends HostOptions {
  /**
   * Look for tagged files once before the build, so that esbuild asks for no other (default). A file that gets
   * its first tag while esbuild watches then needs a restart, and a warning says so. False asks for every file.
   */
  readonly prescan?: boolean;
}

/** esbuild plugin: `plugins: [llmobs()]`. */
export default function llmobs(options: EsbuildOptions = {}): Plugin {
  return {
    name: "llmobs",
    setup(build) {
      if (options.mode === "off") return;
      const root = options.root ?? build.initialOptions.absWorkingDir ?? process.cwd();
      const filter = options.prescan === false ? undefined : taggedFilesFilter(root);
      build.onLoad({ filter: filter ?? SOURCE_FILE, namespace: "file" }, ({ path }) =>
        load(path, root, options, build.initialOptions),
      );
      if (filter !== undefined) build.onStart(warnOfNewTags(root, filter));
    },
  };
}

const utf8 = new TextDecoder();

function load(path: string, root: string, options: HostOptions, build: BuildOptions): OnLoadResult | undefined {
  if (!SOURCE_FILE.test(path) || isDependency(path)) return undefined;
  const bytes = readFileSync(path);
  if (!bytes.includes("@llmobs")) return undefined;
  const source = utf8.decode(bytes);
  if (!mayHaveTag(source)) return undefined;
  const { code, map, diagnostics } = instrument(source, {
    ...options,
    filename: path,
    root,
    globals: [...(options.globals ?? []), ...Object.keys(build.define ?? {})],
    ...(isEsModule(path, source, build) ? { format: "module" } : {}),
  });
  const messages = toMessages(diagnostics, source);
  const fails = options.strict === true && diagnostics.some(({ severity }) => severity === "error");
  return {
    ...(fails ? {} : { contents: map === null ? source : code + inlineSourceMap(map) }),
    loader: build.loader?.[extname(path)] ?? loaderOf(path),
    resolveDir: dirname(path),
    ...(fails ? { errors: messages } : { warnings: messages }),
  };
}

/** A file whose syntax does not tell is what its package says, or what the output will be. */
function isEsModule(path: string, source: string, { format }: BuildOptions): boolean {
  const isOpen = /\.jsx?$/.test(path) && !/\b(?:require|module|exports)\b/.test(source);
  return isOpen && (packageType(path) === "module" || format === "esm");
}

function loaderOf(path: string): Loader {
  const extension = extname(path)
    .slice(1)
    .replace(/^[cm](?=[jt]s$)/, "");
  if (extension === "ts" || extension === "tsx" || extension === "jsx") return extension;
  return "js";
}

function toMessages(diagnostics: readonly Diagnostic[], source: string): PartialMessage[] {
  const text = new SourceText(source);
  return diagnostics
    .filter(({ severity }) => severity !== "hint")
    .map((diagnostic) => {
      const { code, message, hint, file, line, column, length } = diagnostic;
      const lineText = text.line(line);
      const before = lineText.slice(0, column - 1);
      const marked = lineText.slice(column - 1, column - 1 + length);
      // esbuild counts in bytes: https://esbuild.github.io/plugins/#message-location
      const location = { file, line, column: Buffer.byteLength(before), length: Buffer.byteLength(marked), lineText };
      return {
        text: `${code} ${message}`,
        location,
        notes: [{ text: hint }, { text: CATALOGUE[code].why }],
        detail: diagnostic,
      };
    });
}

/** On every build after the first: files whose first tag came after the filter was made. */
function warnOfNewTags(root: string, filter: RegExp): () => { warnings: PartialMessage[] } {
  let first = true;
  return () => {
    const missed = first ? [] : (taggedFiles(root) ?? []).filter((path) => !filter.test(path));
    first = false;
    return {
      warnings: missed.map((path) => ({
        text: `${path} got its first @llmobs tag after esbuild started`,
        notes: [{ text: "Restart esbuild to trace it, or pass { prescan: false } to llmobs()." }],
      })),
    };
  };
}
