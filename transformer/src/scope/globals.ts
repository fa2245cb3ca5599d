import { createRequire } from "node:module";
import type { ParsedFile } from "../parse.js";
import { findImport, isImportedType, type ReadImport } from "./imported-types.js";
import { eachReference } from "./references.js";
import { resolve } from "./resolve.js";

/** What a compiler knows of a file's names beyond its text. */
export interface ProgramNames {
  /** Whether a value of that name is declared for all files. */
  isGlobal(name: string): boolean;
  /** Whether what the file imports by that name is a type, gone at run time. */
  isImportedType(name: string): boolean;
}

/** Where a file's names may come from beside its own declarations. */
export interface NameSources {
  readonly filename: string;
  /** Globals beside those of the usual environments. */
  readonly globals: readonly string[];
  readonly readImport: ReadImport | undefined;
  readonly program: ProgramNames | undefined;
}

/** The names that a file can use without declaring or importing them. When in doubt a name is one. */
export class Globals {
  readonly #parsed: ParsedFile;
  readonly #sources: NameSources;
  readonly #given: ReadonlySet<string>;
  #references: References | undefined;

  constructor(parsed: ParsedFile, sources: NameSources) {
    this.#parsed = parsed;
    this.#sources = sources;
    this.#given = new Set(sources.globals);
  }

  has(name: string): boolean {
    return (
      this.#given.has(name) ||
      isBuildConstant(name) ||
      isInEnvironment(name) ||
      this.#sources.program?.isGlobal(name) === true ||
      this.#mentions().undeclared.has(name)
    );
  }

  /** One that programs outside of browsers have too, so that nobody means a variable by it. */
  isUniversal(name: string): boolean {
    return this.#given.has(name) || environments().everywhere.has(name);
  }

  /** Whether an import is known to be a type. What the file's own code uses as a value is none. */
  isImportedType(name: string): boolean {
    const { program, readImport, filename } = this.#sources;
    if (program !== undefined) return program.isImportedType(name);
    const found = readImport === undefined ? undefined : findImport(this.#parsed.program, name);
    if (readImport === undefined || found === undefined || this.#mentions().declared.has(name)) return false;
    return isImportedType(found, filename, readImport);
  }

  /** The names of values that the file's own code uses, and those it says to be global in `/* global x *\/`. */
  #mentions(): References {
    if (this.#references === undefined) {
      const { program, comments } = this.#parsed;
      const declared = new Set<string>();
      const undeclared = new Set(comments.flatMap(({ type, value }) => (type === "Block" ? globalComment(value) : [])));
      eachReference(program, ({ name, path }) => {
        (resolve(name, path) === undefined ? undeclared : declared).add(name);
      });
      this.#references = { declared, undeclared };
    }
    return this.#references;
  }
}

interface References {
  readonly declared: ReadonlySet<string>;
  readonly undeclared: ReadonlySet<string>;
}

/** As bundlers' `define` is used: `__VERSION__`. */
function isBuildConstant(name: string): boolean {
  return /^__\w+__$/.test(name);
}

/** https://eslint.org/docs/latest/use/configure/language-options#using-configuration-comments */
function globalComment(text: string): readonly string[] {
  const list = /^\s*globals?\s+([\s\S]*)$/.exec(text)?.[1];
  return list === undefined ? [] : list.split(",").map((entry) => entry.trim().replace(/\s*:.*$/, ""));
}

function isInEnvironment(name: string): boolean {
  const { everywhere, elsewhere } = environments();
  return everywhere.has(name) || elsewhere.has(name);
}

interface Environments {
  readonly everywhere: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
}

let loaded: Environments | undefined;

/** Read when a name is first asked for: most files never ask. */
function environments(): Environments {
  if (loaded === undefined) {
    const lists: Readonly<Record<string, Readonly<Record<string, boolean>>>> = createRequire(import.meta.url)(
      "globals",
    );
    const names = (...environment: readonly string[]) =>
      new Set(environment.flatMap((each) => Object.keys(lists[each] ?? {})));
    loaded = {
      everywhere: names("builtin", "node"),
      elsewhere: names(
        "browser",
        "worker",
        "serviceworker",
        "sharedWorker",
        "audioWorklet",
        "paintWorklet",
        "bunBuiltin",
        "denoBuiltin",
        "react-native",
        "webextensions",
        "webpack",
      ),
    };
  }
  return loaded;
}
