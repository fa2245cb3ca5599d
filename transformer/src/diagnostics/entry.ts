/** An error leaves the tagged place as it is; with a warning it is traced all the same; a hint is not printed by builds. */
export type Severity = "error" | "warning" | "hint";

/** One kind of diagnostic: what is said, and what docs/diagnostics.md and the tests know of it. */
export interface Entry {
  readonly severity: Severity;
  readonly title: string;
  /** What is wrong. `{name}` stands for a value given where the diagnostic is made. */
  readonly message: string;
  /** How to mend it. */
  readonly hint: string;
  /** Why it is so. */
  readonly why: string;
  /** Source text that produces it and nothing else; empty where a short text alone cannot. */
  readonly example: string;
  /** The same, mended: it produces nothing. */
  readonly mended: string;
  /** How the example is loaded, where that is what is wrong with it. */
  readonly exampleFormat?: "script";
}
