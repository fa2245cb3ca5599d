import type ts from "typescript";
import type { ProgramNames } from "../../scope/globals.js";

type TypeScript = typeof ts;

/** What the checker knows of a file's names: ambient globals of all files, and which imports are values. */
export function programNames(typescript: TypeScript, program: ts.Program, file: ts.SourceFile): ProgramNames {
  let globals: ReadonlySet<string> | undefined;
  return {
    isGlobal(name) {
      const checker = program.getTypeChecker();
      globals ??= new Set(checker.getSymbolsInScope(file, typescript.SymbolFlags.Value).map((symbol) => symbol.name));
      return globals.has(name);
    },
    isImportedType(name) {
      const checker = program.getTypeChecker();
      const specifier = findImport(typescript, file, name);
      const symbol = specifier === undefined ? undefined : checker.getSymbolAtLocation(specifier);
      return symbol !== undefined && !isValue(typescript, checker, symbol);
    },
  };
}

/** The name that a file's imports give to something. */
function findImport(typescript: TypeScript, file: ts.SourceFile, name: string): ts.Identifier | undefined {
  for (const statement of file.statements) {
    const clause = typescript.isImportDeclaration(statement) ? statement.importClause : undefined;
    if (clause?.name?.text === name) return clause.name;
    const bindings = clause?.namedBindings;
    if (bindings === undefined) continue;
    if (typescript.isNamespaceImport(bindings)) {
      if (bindings.name.text === name) return bindings.name;
    } else {
      const specifier = bindings.elements.find((element) => element.name.text === name);
      if (specifier !== undefined) return specifier.name;
    }
  }
  return undefined;
}

/** Follows a name through the files that export it on: one of them may export it as a type. */
function isValue(typescript: TypeScript, checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  const { SymbolFlags } = typescript;
  for (let at = symbol; (at.flags & SymbolFlags.Alias) !== 0; ) {
    if (at.declarations?.some((node) => typescript.isTypeOnlyImportOrExportDeclaration(node))) return false;
    const next = checker.getImmediateAliasedSymbol(at);
    if (next === undefined || next === at) break;
    at = next;
  }
  const target = (symbol.flags & SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  // What can't be resolved may well be there at run time.
  return checker.isUnknownSymbol(target) || (target.flags & SymbolFlags.Value) !== 0;
}
