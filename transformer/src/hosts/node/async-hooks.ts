/** Hooks for Node 20: `import` only, in a thread of their own. `require` is handled by commonjs.ts. */

import { loadSource, type ResolveContext, resolveAfter, resolveFirst, sourceFile } from "./hooks.js";

type NextResolve = (specifier: string, context: ResolveContext) => Promise<unknown>;

export async function resolve(specifier: string, context: ResolveContext, next: NextResolve): Promise<unknown> {
  const first = resolveFirst(specifier, context);
  if (first !== undefined) return first;
  try {
    return await next(specifier, context);
  } catch (error) {
    const after = resolveAfter(specifier, context);
    if (after === undefined) throw error;
    return after;
  }
}

interface LoadContext {
  readonly format?: string | null | undefined;
}

type NextLoad = (url: string, context: LoadContext) => Promise<unknown>;

export async function load(url: string, context: LoadContext, next: NextLoad): Promise<unknown> {
  const file = sourceFile(url, context.format);
  if (file === undefined) return next(url, context);
  // Without a source Node hands the file to its CommonJS loader, where commonjs.ts waits.
  if (file.format === "commonjs") return { format: "commonjs", shortCircuit: true };
  return loadSource(file.path, file.format) ?? next(url, context);
}
