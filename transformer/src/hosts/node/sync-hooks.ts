/** Hooks for Node 22.15 and later: in the program's own thread, for `import` and `require` alike. */

import { loadSource, type ResolveContext, resolveAfter, resolveFirst, sourceFile } from "./hooks.js";

interface LoadContext {
  readonly format?: string | null | undefined;
}

export interface SyncHooks {
  resolve(
    specifier: string,
    context: ResolveContext,
    next: (specifier: string, context: ResolveContext) => unknown,
  ): unknown;
  load(url: string, context: LoadContext, next: (url: string, context: LoadContext) => unknown): unknown;
}

export const syncHooks: SyncHooks = {
  resolve(specifier, context, next) {
    const first = resolveFirst(specifier, context);
    if (first !== undefined) return first;
    try {
      return next(specifier, context);
    } catch (error) {
      const after = resolveAfter(specifier, context);
      if (after === undefined) throw error;
      return after;
    }
  },
  load(url, context, next) {
    const file = sourceFile(url, context.format);
    return (file === undefined ? undefined : loadSource(file.path, file.format)) ?? next(url, context);
  },
};
