import { fileURLToPath } from "node:url";
import { ResolverFactory } from "oxc-resolver";
import { isDependency } from "./options.js";

function createResolver(condition: "import" | "require"): ResolverFactory {
  return new ResolverFactory({
    conditionNames: ["node", condition, "module-sync", "default"],
    extensions: [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".json"],
    // TypeScript lets a specifier name the file that will be there after compiling.
    extensionAlias: {
      ".js": [".ts", ".tsx", ".js", ".jsx"],
      ".jsx": [".tsx", ".jsx"],
      ".mjs": [".mts", ".mjs"],
      ".cjs": [".cts", ".cjs"],
    },
    tsconfig: "auto",
  });
}

const resolvers = { import: createResolver("import"), require: createResolver("require") };

/**
 * Where TypeScript finds what a source file of the project asks for: `./x.js` that
 * is `x.ts`, no extension, `paths` of tsconfig.json. Undefined when nowhere.
 */
export function resolveSource(specifier: string, importer: string, mode: "import" | "require"): string | undefined {
  if (isDependency(importer)) return undefined;
  const request = specifier.startsWith("file:") ? fileURLToPath(specifier) : specifier;
  const { path } = resolvers[mode].resolveFileSync(importer, request);
  return path === undefined || isDependency(path) ? undefined : path;
}
