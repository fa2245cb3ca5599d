import { readFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import type { BuildOptions, Loader, OnLoadResult } from "esbuild";
import { mayHaveTag } from "../../gate.js";
import { instrument } from "../../instrument.js";
import type { ProjectManifest } from "../../manifest/project.js";
import { type HostOptions, inlineSourceMap, isDependency, SOURCE_FILE } from "../options.js";
import { packageType } from "../package-type.js";
import { readImport } from "../read-import.js";
import { toMessages } from "./messages.js";

export interface LoadOptions extends Omit<HostOptions, "manifest"> {
  readonly root: string;
  readonly build: BuildOptions;
  /** Where one is wanted. */
  readonly manifest: ProjectManifest | undefined;
}

const utf8 = new TextDecoder();

/** What esbuild is to read in place of a file; undefined leaves the file to it. */
export function load(path: string, options: LoadOptions): OnLoadResult | undefined {
  if (!SOURCE_FILE.test(path) || isDependency(path)) return undefined;
  const bytes = readFileSync(path);
  if (!bytes.includes("@llmobs")) return undefined;
  const source = utf8.decode(bytes);
  if (!mayHaveTag(source)) return undefined;
  const { build, manifest } = options;
  const { code, map, diagnostics, outline } = instrument(source, {
    ...options,
    filename: path,
    outline: manifest !== undefined,
    readImport,
    globals: [...(options.globals ?? []), ...Object.keys(build.define ?? {})],
    // Without one asked for, esbuild would read it for nothing.
    sourceMap: Boolean(build.sourcemap),
    ...(isEsModule(path, source, build) ? { format: "module" } : {}),
  });
  if (outline !== undefined) manifest?.add(outline);
  const messages = toMessages(diagnostics, source);
  const fails = options.strict === true && diagnostics.some(({ severity }) => severity === "error");
  return {
    ...(fails ? {} : { contents: map === null ? code : code + inlineSourceMap(map) }),
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
