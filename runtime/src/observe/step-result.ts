import { builtin } from "../node-builtins.js";

const isProxy = builtin("node:util")?.types.isProxy;

/** What one step of an iterator gave. */
export interface StepResult {
  readonly done: boolean;
  readonly value: unknown;
}

/** Reads a step's result; undefined for what is none, or can't be looked at without running the program's own getters. */
export function stepResult(result: unknown): StepResult | undefined {
  if (typeof result !== "object" || result === null || isProxy?.(result)) return undefined;
  const done = Object.getOwnPropertyDescriptor(result, "done");
  const value = Object.getOwnPropertyDescriptor(result, "value");
  if (done?.get !== undefined || value?.get !== undefined || (done ?? value) === undefined) return undefined;
  return { done: Boolean(done?.value), value: value?.value };
}
