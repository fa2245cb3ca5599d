import { dirname, join } from "node:path";
import { Project, ts } from "ts-morph";
import type { ProjectSources } from "./project-sources.js";
import type { ProviderDeclarations } from "./providers.js";

export interface TypedProgram {
  readonly checker: ts.TypeChecker;
  /** The project's own files, in order. */
  readonly sources: readonly ts.SourceFile[];
  /** Whether a declaration is one of ours that stand for packages. */
  isProvider(node: ts.Node): boolean;
}

/**
 * A type-checked view of the relevant files. Packages are what our declarations say, whether or not they are
 * installed, so a plan depends on the project's text alone.
 */
export function createProgram(
  { root, relevant, resolver }: ProjectSources,
  providers: ProviderDeclarations,
): TypedProgram {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      allowJs: true,
      jsx: ts.JsxEmit.Preserve,
      lib: ["lib.es2022.d.ts"],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      noEmit: true,
      strict: true,
      target: ts.ScriptTarget.ES2022,
      types: [],
    },
    resolutionHost: () => ({
      resolveModuleNames: (specifiers, from) =>
        specifiers.map((specifier) => {
          const found = resolver.resolve(specifier, from);
          return found !== undefined && relevant.has(found) ? { resolvedFileName: found } : undefined;
        }),
      // Nothing outside of the project is to be read.
      resolveTypeReferenceDirectives: (names) => names.map(() => undefined),
    }),
  });
  const folder = join(dirname(root), "llmobs-providers");
  const declared = new Set(
    providers.files.map(({ path, text }) => {
      const file = project.createSourceFile(join(folder, path.split(/[\\/]/).at(-1) ?? ""), text, { overwrite: true });
      return file.getFilePath() as string;
    }),
  );
  const own = new Set(
    [...relevant].map(
      ([path, text]) => project.createSourceFile(path, text, { overwrite: true }).getFilePath() as string,
    ),
  );
  const program = project.getProgram().compilerObject;
  return {
    checker: program.getTypeChecker(),
    sources: program.getSourceFiles().filter(({ fileName }) => own.has(fileName)),
    isProvider: (node) => declared.has(node.getSourceFile().fileName),
  };
}
