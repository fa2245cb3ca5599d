import type { AttributesThunk, InputThunk } from "./compiled-span.js";
import type { Site } from "./site.js";

/** The program may replace it later, and its own calls do not depend on that. */
const applyFunction = Reflect.apply;

/** Takes the arguments of a traced call, which have been evaluated by then, and makes it. */
export type Call = (...values: readonly unknown[]) => unknown;

/** Makes a call of `callee` with its span. */
export type RunCall = (
  at: Site,
  input: InputThunk,
  body: () => unknown,
  attributes: AttributesThunk,
  callee: unknown,
) => unknown;

export type Lookup = (object: unknown) => unknown;

/**
 * What generated code calls in place of a value, or of what `super` found; undefined leaves the call out.
 * Without `run` the call is made as it was written.
 */
export function tracedCall(
  run: RunCall | null,
  at: Site,
  attributes: AttributesThunk | null,
  callee: unknown,
  receiver: unknown,
): Call | undefined {
  if (at.optional === true && isNothing(callee)) return undefined;
  if (run === null) return (...values) => apply(at, callee, receiver, values);
  return (...values) =>
    run(at, inputOf(values), () => apply(at, callee, receiver, values), attributes ?? undefined, callee);
}

/** The same for a member: what the last lookup finds, to be called on what it was given. */
export function tracedMemberCall(
  run: RunCall | null,
  at: Site,
  attributes: AttributesThunk | null,
  object: unknown,
  lookup: Lookup,
  more: readonly Lookup[],
): Call | undefined {
  const found = lookup(object);
  if (isNothing(object)) {
    // Only behind a `?.` does a lookup on nothing come back. In parentheses of its own that is all it skips.
    return at.chained === true ? undefined : tracedCall(run, at, attributes, undefined, undefined);
  }
  const next = more[0];
  return next === undefined
    ? tracedCall(run, at, attributes, found, object)
    : tracedMemberCall(run, at, attributes, found, next, more.slice(1));
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
  return applyFunction(callee, receiver, values);
}
