import type { Class, Node } from "oxc-parser";
import type { Path } from "../ast.js";
import type { Value } from "./outline.js";

/** Something that gives a name its value. */
export type Source =
  | { readonly type: "node"; readonly path: Path }
  /** What a name means at a place. */
  | { readonly type: "name"; readonly name: string; readonly path: Path }
  /** A part of what `path` is, as in `const { name } = …`. */
  | { readonly type: "part"; readonly path: Path; readonly name: string }
  /** A parameter or field, by its declared type. */
  | { readonly type: "typed"; readonly path: Path }
  | { readonly type: "value"; readonly value: Value }
  | { readonly type: "unknown" };

export type Sources = Map<string, Source[]>;

export function append(sources: Sources, name: string, source: Source): void {
  const known = sources.get(name);
  if (known === undefined) sources.set(name, [source]);
  else known.push(source);
}

/** A declared name. With more than one source its value depends on when it is asked for. */
export interface Declaration {
  readonly sources: Source[];
  /** What is put on it: `name.member = …`, or as an export of a namespace. */
  readonly members: Sources;
}

/** The names of a module by the scope that declares them, and what it exports. */
export class Scopes {
  /** `export=` stands for `module.exports = …` and TypeScript's `export =`. */
  readonly exports: Sources = new Map();
  readonly exportsAllOf: string[] = [];
  readonly #scopes = new Map<Node, Map<string, Declaration>>();
  readonly #members = new Map<Node, Sources>();

  /** In the nearest scope at or around `place`. */
  declaration(place: Path | null, name: string): Declaration {
    let scope = place;
    while (scope?.parent && !SCOPES.has(scope.node.type)) scope = scope.parent;
    const names = (scope === null ? undefined : this.#scopes.get(scope.node)) ?? new Map<string, Declaration>();
    const declaration = names.get(name) ?? { sources: [], members: new Map() };
    names.set(name, declaration);
    if (scope !== null) this.#scopes.set(scope.node, names);
    return declaration;
  }

  /** What is assigned to members of `this` inside a class. */
  membersOf(type: Class): Sources {
    const members = this.#members.get(type) ?? new Map();
    this.#members.set(type, members);
    return members;
  }

  /** What a name means at a place; undefined for one of another module or of the environment. */
  find(name: string, from: Path): Declaration | undefined {
    for (let at: Path | null = from; at !== null; at = at.parent) {
      const found = this.#scopes.get(at.node)?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

const SCOPES = new Set<Node["type"]>([
  "ArrowFunctionExpression",
  "BlockStatement",
  "CatchClause",
  "ClassExpression",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "FunctionDeclaration",
  "FunctionExpression",
  "Program",
  "StaticBlock",
  "SwitchStatement",
  "TSModuleBlock",
]);
