import { basename, dirname, join } from "node:path";
import { Project, ts } from "ts-morph";
import type { ProjectSources } from "./project-sources.js";
import type { ProviderDeclarations } from "./providers.js";

export interface TypedProgram {
  readonly checker: ts.TypeChecker;
  /** The project's own files that parse, in order. */
  readonly sources: readonly ts.SourceFile[];
  /** Those that do not, with the parser's first complaint. */
  readonly broken: readonly { readonly path: string; readonly reason: string }[];
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
  for (const { path, text } of providers.files) {
    project.createSourceFile(join(folder, basename(path)), text, { overwrite: true });
  }
  const own = new Set(
    [...relevant].map(([path, text]) =>
      project.createSourceFile(path, text, { overwrite: true }).getFilePath().toString(),
    ),
  );
  const program = project.getProgram().compilerObject;
  const sources = program.getSourceFiles().filter(({ fileName }) => own.has(fileName));
  const broken = sources.flatMap((file) => {
    const [first] = program.getSyntacticDiagnostics(file);
    return first === undefined
      ? []
      : [{ path: file.fileName, reason: ts.flattenDiagnosticMessageText(first.messageText, " ") }];
  });
  const isBroken = new Set(broken.map(({ path }) => path));
  return {
    checker: program.getTypeChecker(),
    sources: sources.filter(({ fileName }) => !isBroken.has(fileName)),
    broken,
  };
}
