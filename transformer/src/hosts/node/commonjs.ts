/** `require` on Node 20, where hooks do not reach it. The loader's own tables are its extension point there. */

import Module from "node:module";
import { SOURCE_FILE } from "../options.js";
import { packageType } from "../package-type.js";
import { resolveSource } from "../resolve-source.js";
import { compile, needsCompiling, nodeFormat } from "./compile.js";
import { prefersSource } from "./resolve.js";

interface CompilableModule {
  readonly filename?: string | null;
  _compile(code: string, filename: string): unknown;
}

type ExtensionHandler = (module: CompilableModule, filename: string) => unknown;
type ResolveFilename = (request: string, parent: CompilableModule | null | undefined, ...rest: unknown[]) => string;

interface LoaderTables {
  readonly _extensions: Record<string, ExtensionHandler>;
  _resolveFilename: ResolveFilename;
}

function hasLoaderTables(value: object): value is LoaderTables {
  return "_extensions" in value && "_resolveFilename" in value;
}

/** Compiles what `require` loads. Does nothing where Node has no such tables. */
export function hookCommonJs(): void {
  const loader: object = Module;
  if (!hasLoaderTables(loader)) return;
  hookExtensions(loader);
  hookResolve(loader);
}

function hookExtensions(loader: LoaderTables): void {
  const plain = loader._extensions[".js"];
  for (const extension of [".js", ".cjs", ".jsx", ".ts", ".cts", ".mts", ".tsx"]) {
    const original = loader._extensions[extension] ?? plain;
    loader._extensions[extension] = (module, filename) => {
      const code = compileRequired(filename);
      return code === undefined ? original?.(module, filename) : module._compile(code, filename);
    };
  }
}

/** Whatever is required and not plain JavaScript becomes CommonJS, ES module syntax included. */
function compileRequired(filename: string): string | undefined {
  if (!SOURCE_FILE.test(filename)) return undefined;
  if (!needsCompiling(filename) && nodeFormat(filename, packageType(filename)) === "module") return undefined;
  return compile(filename, "commonjs");
}

function hookResolve(loader: LoaderTables): void {
  const original = loader._resolveFilename;
  loader._resolveFilename = function (request, parent, ...rest) {
    const importer = parent?.filename ?? undefined;
    if (importer !== undefined && prefersSource(request, importer)) {
      const source = resolveSource(request, importer, "require");
      if (source !== undefined) return source;
    }
    try {
      return Reflect.apply(original, this, [request, parent, ...rest]);
    } catch (error) {
      const source = importer === undefined ? undefined : resolveSource(request, importer, "require");
      if (source === undefined) throw error;
      return source;
    }
  };
}
