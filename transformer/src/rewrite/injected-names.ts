/** The names that generated code adds to a file. All begin with one prefix that the file does not use. */
export interface InjectedNames {
  /** The runtime's compiled entry. */
  readonly runtime: string;
  readonly span: string;
  readonly error: string;
  /** What a call's method is looked up on. */
  readonly object: string;
  /** A generator's own `arguments`, seen from inside its body's function. */
  readonly arguments: string;
  /** The accessor of the n-th site: hoisted, so it works in import cycles and before the module has run. */
  site(index: number): string;
  /** What carries the value of the n-th redeclared parameter of a function. */
  carried(index: number): string;
}

export function chooseNames(source: string): InjectedNames {
  let prefix = "_llmobs";
  for (let count = 2; source.includes(prefix); count++) prefix = `_llmobs${count}`;
  return {
    runtime: prefix,
    span: `${prefix}_span`,
    error: `${prefix}_error`,
    object: `${prefix}_object`,
    arguments: `${prefix}_arguments`,
    site: (index) => `${prefix}_site${index}`,
    carried: (index) => `${prefix}_parameter${index}`,
  };
}
