import { createRequire } from "node:module";
import type { ParsedFile } from "../parse.js";
import { eachReference } from "./references.js";
import { resolve } from "./resolve.js";

/** What a compiler knows of a file's names beyond its text. */
export interface ProgramNames {
  /** Whether a value of that name is declared for all files. */
  isGlobal(name: string): boolean;
  /** Whether what the file imports by that name is there at run time. */
  isImportedValue(name: string): boolean;
}

/** The names that a file can use without declaring or importing them. When in doubt a name is one. */
export class Globals {
  readonly #parsed: ParsedFile;
  readonly #given: ReadonlySet<string>;
  readonly #program: ProgramNames | undefined;
  #mentioned: ReadonlySet<string> | undefined;

  constructor(parsed: ParsedFile, given: readonly string[], program: ProgramNames | undefined) {
    this.#parsed = parsed;
    this.#given = new Set(given);
    this.#program = program;
  }

  has(name: string): boolean {
    return (
      this.#given.has(name) ||
      isBuildConstant(name) ||
      isInEnvironment(name) ||
      this.#program?.isGlobal(name) === true ||
      this.#mentions().has(name)
    );
  }

  /** One that programs outside of browsers have too, so that nobody means a variable by it. */
  isUniversal(name: string): boolean {
    return this.#given.has(name) || environments().everywhere.has(name);
  }

  /** Whether an import is there at run time, as far as anybody knows. */
  isImportedValue(name: string): boolean {
    return this.#program?.isImportedValue(name) ?? true;
  }

  /** Names that the file says or shows to be global: in `/* global x *\/`, and by using them in its own code. */
  #mentions(): ReadonlySet<string> {
    if (this.#mentioned === undefined) {
      const { program, comments } = this.#parsed;
      const found = new Set(comments.flatMap(({ type, value }) => (type === "Block" ? globalComment(value) : [])));
      eachReference(program, ({ name, path }) => {
        if (resolve(name, path) === undefined) found.add(name);
      });
      this.#mentioned = found;
    }
    return this.#mentioned;
  }
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
