/** Where a step leads: another state, or to a value that is hidden. */
type Target = number | "hidden";

/** By the key of a step; `other` is for all keys that are not named. Where neither applies nothing below is hidden. */
export interface RedactionState {
  readonly keys: readonly (readonly [key: string, to: Target])[];
  readonly other?: Target;
}

/** Paths of `redact` as a deterministic automaton, which starts in the first state. */
export type Redaction = "everything" | readonly RedactionState[];

/** Wildcards behind `**` double the states; nobody means this many. */
const MOST_STATES = 1000;

/** A place between two parts of a path: what was walked already lies before it. */
interface Position {
  readonly path: number;
  readonly part: number;
}

/** Compiles paths, each split into its parts. Undefined when they are more than a table can hold. */
export function compileRedaction(paths: readonly (readonly string[])[]): Redaction | undefined {
  const table = new Table(paths);
  const start = table.stateOf(paths.map((_, path) => ({ path, part: 0 })));
  if (start === "hidden") return "everything";
  return table.complete();
}

class Table {
  readonly #paths: readonly (readonly string[])[];
  /** The positions that make up each state. */
  readonly #states: (readonly Position[])[] = [];
  readonly #known = new Map<string, number>();

  constructor(paths: readonly (readonly string[])[]) {
    this.#paths = paths;
  }

  /** The state of these positions; undefined without any. */
  stateOf(positions: readonly Position[]): Target | undefined {
    const closed = new Map<string, Position>();
    for (const position of positions) this.#close(position, closed);
    if ([...closed.values()].some(({ path, part }) => part === this.#paths[path]?.length)) return "hidden";
    if (closed.size === 0) return undefined;
    const id = [...closed.keys()].sort().join();
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    this.#known.set(id, this.#states.length);
    return this.#states.push([...closed.values()]) - 1;
  }

  /** Follows every step from every state. */
  complete(): Redaction | undefined {
    const done: RedactionState[] = [];
    for (let at = this.#states[0]; at !== undefined; at = this.#states[done.length]) {
      if (done.length >= MOST_STATES) return undefined;
      const other = this.#step(at, undefined);
      const keys = this.#keysOf(at).flatMap((key) => {
        const to = this.#step(at, key);
        return to === undefined || to === other ? [] : [[key, to] as const];
      });
      done.push(other === undefined ? { keys } : { keys, other });
    }
    return done;
  }

  /** `**` may stand for nothing. */
  #close(position: Position, closed: Map<string, Position>): void {
    const { path, part } = position;
    closed.set(`${path}:${part}`, position);
    if (this.#paths[path]?.[part] === "**") this.#close({ path, part: part + 1 }, closed);
  }

  #keysOf(positions: readonly Position[]): readonly string[] {
    const parts = positions.map(({ path, part }) => this.#paths[path]?.[part] ?? "*");
    return [...new Set(parts.filter((part) => part !== "*" && part !== "**"))];
  }

  #step(from: readonly Position[], key: string | undefined): Target | undefined {
    return this.stateOf(
      from.flatMap(({ path, part }) => {
        const written = this.#paths[path]?.[part];
        if (written === "**") return [{ path, part }];
        return written === "*" || written === key ? [{ path, part: part + 1 }] : [];
      }),
    );
  }
}
