import type { Node, Program } from "oxc-parser";
import { parseFile } from "../parse.js";
import { declarationsIn } from "./declarations.js";

/** A file of the program that another one imports from. */
export interface ImportedFile {
  readonly filename: string;
  readonly source: string;
}

/** Gives what an import leads to, where it is a file of the program's own sources. */
export type ReadImport = (specifier: string, importer: string) => ImportedFile | undefined;

/** What a file imports by some name: an export of another module; `*` is all of it. */
export interface Import {
  readonly specifier: string;
  readonly name: string;
}

/** The import that gives a file one of its names. */
export function findImport(program: Program, local: string): Import | undefined {
  for (const statement of program.body) {
    if (statement.type !== "ImportDeclaration") continue;
    const found = statement.specifiers.find((specifier) => specifier.local.name === local);
    if (found === undefined) continue;
    const specifier = statement.source.value;
    if (found.type === "ImportSpecifier") return { specifier, name: nameOf(found.imported) };
    return { specifier, name: found.type === "ImportDefaultSpecifier" ? "default" : "*" };
  }
  return undefined;
}

/** Whether an import is known to be a type: other files are read for that, as far as `read` gives them. */
export function isImportedType(found: Import, importer: string, read: ReadImport): boolean {
  return new Search(read).isType(found, importer);
}

class Search {
  readonly #read: ReadImport;
  /** Files export names on to each other, in a circle too. */
  readonly #seen = new Set<string>();

  constructor(read: ReadImport) {
    this.#read = read;
  }

  isType({ specifier, name }: Import, importer: string): boolean {
    const file = name === "*" ? undefined : this.#read(specifier, importer);
    if (file === undefined || this.#seen.has(`${file.filename}:${name}`)) return false;
    this.#seen.add(`${file.filename}:${name}`);
    const parsed = parseFile(file.filename, file.source, undefined);
    return !("failure" in parsed) && this.#isTypeIn(parsed.program, name, file.filename);
  }

  #isTypeIn(program: Program, name: string, filename: string): boolean {
    const meaning = exported(program, name);
    if (meaning === "type") return true;
    if (meaning === undefined) return sourcesOfAll(program, name).some((source) => this.isType(source, filename));
    if ("specifier" in meaning) return this.isType(meaning, filename);
    const declared = declarationsIn(program).get(meaning.local);
    if (declared !== "value") return declared !== undefined;
    const further = findImport(program, meaning.local);
    return further !== undefined && this.isType(further, filename);
  }
}

/** Where a name may come from that `export *` gives. */
function sourcesOfAll(program: Program, name: string): readonly Import[] {
  if (name === "default") return [];
  return program.body.flatMap((statement) =>
    statement.type === "ExportAllDeclaration" && statement.exported === null
      ? [{ specifier: statement.source.value, name }]
      : [],
  );
}

type Exported = "type" | Import | { readonly local: string };

/** What a module means by one of its exports; undefined when that can't be told. */
function exported(program: Program, name: string): Exported | undefined {
  for (const statement of program.body) {
    const found = exportedBy(statement, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function exportedBy(statement: Node, name: string): Exported | undefined {
  if (statement.type === "ExportDefaultDeclaration" && name === "default") {
    const { declaration } = statement;
    if (declaration.type === "TSInterfaceDeclaration") return "type";
    return declaration.type === "Identifier" ? { local: declaration.name } : undefined;
  }
  if (statement.type !== "ExportNamedDeclaration") return undefined;
  const { declaration, source } = statement;
  if (declaration !== null) return declares(declaration, name) ? { local: name } : undefined;
  const specifier = statement.specifiers.find((each) => nameOf(each.exported) === name);
  if (specifier === undefined) return undefined;
  if (statement.exportKind === "type" || specifier.exportKind === "type") return "type";
  const local = nameOf(specifier.local);
  return source === null ? { local } : { specifier: source.value, name: local };
}

/** Whether it is a type of that name; where it is a value too, the name is found to be one. */
function declares(declaration: Node, name: string): boolean {
  switch (declaration.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSModuleDeclaration":
      return declaration.id.type === "Identifier" && declaration.id.name === name;
    default:
      return false;
  }
}

function nameOf(node: Node): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "Literal" ? String(node.value) : "";
}
