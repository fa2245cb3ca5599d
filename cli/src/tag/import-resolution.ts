import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ResolverFactory } from "oxc-resolver";

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/**
 * Finds which of the project's own files an import means: relative paths, `paths` of the nearest tsconfig.json, and
 * packages of the same workspace by their names, installed or not. Anything else is a dependency: undefined.
 */
export class ImportResolver {
  readonly #files: ReadonlySet<string>;
  readonly #workspaces: ReadonlyMap<string, string>;
  readonly #resolver = new ResolverFactory({
    tsconfig: "auto",
    extensions: EXTENSIONS,
    // The source behind a specifier that names its output.
    extensionAlias: {
      ".js": [".ts", ".tsx", ".js"],
      ".jsx": [".tsx", ".jsx"],
      ".mjs": [".mts", ".mjs"],
      ".cjs": [".cts", ".cjs"],
    },
    modules: [],
  });

  /** Absolute paths of the project's sources and of its package.json files. */
  constructor(files: ReadonlySet<string>, packageFiles: readonly string[]) {
    this.#files = files;
    this.#workspaces = new Map(
      packageFiles.flatMap((file): [string, string][] => {
        const name = packageName(file);
        return name === undefined ? [] : [[name, dirname(file)]];
      }),
    );
  }

  resolve(specifier: string, from: string): string | undefined {
    return this.#file(specifier, from) ?? this.#workspacePackage(specifier);
  }

  #file(specifier: string, from: string): string | undefined {
    const { path } = this.#resolver.resolveFileSync(from, specifier);
    return path !== undefined && this.#files.has(path) ? path : undefined;
  }

  #workspacePackage(specifier: string): string | undefined {
    const [, name = "", rest = ""] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
    const folder = this.#workspaces.get(name);
    if (folder === undefined) return undefined;
    const places = rest === "" ? ["./src", "./lib", "./src/main", "."] : [`.${rest}`, `./src${rest}`];
    return places.map((place) => this.#file(place, join(folder, "package.json"))).find((found) => found !== undefined);
  }
}

function packageName(file: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof parsed !== "object" || parsed === null || !("name" in parsed)) return undefined;
    return typeof parsed.name === "string" ? parsed.name : undefined;
  } catch {
    return undefined;
  }
}
