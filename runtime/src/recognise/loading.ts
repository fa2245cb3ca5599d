import { builtin } from "../node-builtins.js";
import type { SpanKind } from "../span/kinds.js";
import type * as Readers from "./readers.js";

export type { Readers };

/*
 * What reads shapes is larger than the rest of what a traced call needs, and an
 * application without model calls never uses it. It is loaded beside the first span
 * that does; nothing is encoded in between, unless the process cannot wait.
 */

let readers: typeof Readers | undefined;
let loading: Promise<void> | undefined;
/** A bundler has lost the file; the content goes out as text then. */
let missing = false;

/** Kinds of spans whose content is in the form of messages or documents. */
export function hasShape(kind: SpanKind): boolean {
  return kind === "llm" || kind === "embedding" || kind === "retrieval";
}

/** Begins to load what spans of this kind need, when the program has its turn done. Never throws or rejects. */
export function prepareReaders(kind: SpanKind): void {
  if (readers === undefined && loading === undefined && !missing && hasShape(kind)) loading = load();
}

async function load(): Promise<void> {
  try {
    await new Promise((resolve) => setTimeout(resolve, 0));
    readers = await import("./readers.js");
  } catch {
    missing = true;
  }
  loading = undefined;
}

/** Resolves when what is being loaded has come; undefined when nothing is. Never rejects. */
export function readersLoading(): Promise<void> | undefined {
  return loading;
}

/** What reads shapes, at once: the process may be about to leave. Undefined when it can't be had. */
export function readersNow(): typeof Readers | undefined {
  readers ??= required();
  return readers;
}

/** From the package as the program's own file finds it; there is none in a bundle, which has everything at hand. */
function required(): typeof Readers | undefined {
  try {
    const [, program] = process.argv;
    const require = program === undefined ? undefined : builtin("node:module")?.createRequire(program);
    if (require === undefined) return undefined;
    const root = require.resolve("@llmobs/runtime/package.json").slice(0, -"package.json".length);
    return require(`${root}dist/cjs/readers.js`);
  } catch {
    return undefined;
  }
}
