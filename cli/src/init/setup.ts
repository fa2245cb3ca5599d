import type { FileChange } from "../edit/plan.js";

/** What `init` found out about one way the project is built or run, and what becomes of it. */
export type HostSetup =
  /** It is set up already. */
  | { readonly host: string; readonly type: "done"; readonly where: string }
  /** A small edit sets it up. */
  | {
      readonly host: string;
      readonly type: "edit";
      readonly changes: readonly FileChange[];
      readonly packages: readonly string[];
    }
  /** The edit is beyond a machine: the author is shown what to write. */
  | { readonly host: string; readonly type: "snippet"; readonly where: string; readonly snippet: string }
  /** There is no adapter; the author is told what works meanwhile. */
  | { readonly host: string; readonly type: "later"; readonly meanwhile: string };
