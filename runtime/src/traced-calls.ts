import type { AttributesThunk, InputThunk } from "./compiled-span.js";
import { builtin } from "./node-builtins.js";
import type { Site } from "./site.js";

/** Takes the arguments of a traced call, which have been evaluated by then, and makes it. */
export type Call = (...values: readonly unknown[]) => unknown;

type Run = (
  at: Site,
  input: InputThunk,
  body: () => unknown,
  attributes: AttributesThunk,
  returns: "fresh" | "stored",
) => unknown;

type Lookup = (object: unknown) => unknown;

/** What generated code calls in place of what a tagged call calls; undefined leaves the call out. */
export interface TracedCalls {
  /** A value, or what `super` found, with `this` as its receiver. */
  call(at: Site, attributes: AttributesThunk | null, callee: unknown, receiver?: unknown): Call | undefined;
  /**
   * A member. Each lookup is given what the one before it found, the first `object`;
   * what the last finds is called on what it was given.
   */
  callMember(
    at: Site,
    attributes: AttributesThunk | null,
    object: unknown,
    ...lookups: readonly Lookup[]
  ): Call | undefined;
}

/** `run` makes the call with its span. */
export function tracedCalls(run: Run): TracedCalls {
  const call: TracedCalls["call"] = (at, attributes, callee, receiver) => {
    if (at.optional === true && isNothing(callee)) return undefined;
    return (...values) => {
      const body = () => apply(at, callee, receiver, values);
      return run(at, inputOf(values), body, attributes ?? undefined, returnsOf(at, callee));
    };
  };
  return {
    call,
    callMember(at, attributes, object, ...lookups) {
      let receiver: unknown;
      let found = object;
      for (const lookup of lookups) {
        receiver = found;
        found = lookup(receiver);
        // Only behind a `?.` does a lookup on nothing come back. In parentheses of its own that is all it skips.
        if (isNothing(receiver)) return at.chained === true ? undefined : call(at, attributes, undefined);
      }
      return call(at, attributes, found, receiver);
    },
  };
}

const isAsyncFunction = builtin("node:util")?.types.isAsyncFunction;

/** Nobody else can hold the promise of an async function: one derived from it is as good, wherever it goes. */
function returnsOf(at: Site, callee: unknown): "fresh" | "stored" {
  return at.returns === undefined || isAsyncFunction?.(callee) === true ? "fresh" : at.returns;
}

function isNothing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function inputOf(values: readonly unknown[]): InputThunk {
  if (values.length === 0) return null;
  return () => (values.length === 1 ? values[0] : values);
}

function apply(at: Site, callee: unknown, receiver: unknown, values: readonly unknown[]): unknown {
  if (typeof callee !== "function") throw new TypeError(`${at.callee} is not a function`);
  return Reflect.apply(callee, receiver, values);
}
