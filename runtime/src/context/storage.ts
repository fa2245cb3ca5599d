import { builtin } from "../node-builtins.js";

/** The part of Node's AsyncLocalStorage that is used. */
export interface Storage<Value> {
  run<Result>(store: Value | undefined, callback: () => Result): Result;
  getStore(): Value | undefined;
}

interface StorageConstructor {
  new <Value>(): Storage<Value>;
}

interface EdgeGlobal {
  /** Edge runtimes have it as a global: https://vercel.com/docs/functions/runtimes/edge */
  readonly AsyncLocalStorage?: StorageConstructor;
}

const edge: typeof globalThis & EdgeGlobal = globalThis;

/** Undefined where the platform can't follow asynchronous calls; spans then are roots. */
export function createStorage<Value>(): Storage<Value> | undefined {
  const Constructor: StorageConstructor | undefined =
    builtin("node:async_hooks")?.AsyncLocalStorage ?? edge.AsyncLocalStorage;
  return Constructor === undefined ? undefined : new Constructor<Value>();
}

/** Keeps no context: every call runs, and nothing is ever active. */
export const noStorage: Storage<never> = {
  run: (_store, callback) => callback(),
  getStore: () => undefined,
};
