import type { Kind } from "../directive/kinds.js";

/** How the traced code is written. */
export type SiteForm = "function" | "method" | "arrow" | "getter" | "setter" | "call" | "block";

/** A place in the program that is traced. The list of them makes up `llmobs.manifest.json`. */
export interface Site {
  /**
   * `<file>#<function>`; behind a function without a name the tag's own in parentheses; of a call or a block
   * `<file>#<function around>:<callee or name>`. Further sites of the same name in the file end with `~2`, `~3` ….
   * Edits elsewhere in the file do not change it.
   */
  readonly id: string;
  readonly kind: Kind;
  /** The span's name. */
  readonly name: string;
  /**
   * Qualified by the classes, objects and functions around it: `Bot.answer`. Of a call or a block the function
   * around it, or `<module>`.
   */
  readonly function: string;
  /** Relative to the root, forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Every name the parameters bind, in source order; none for calls and blocks. */
  readonly parameters: readonly string[];
  readonly form: SiteForm;
}
