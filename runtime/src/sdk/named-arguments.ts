import { parameterNames } from "./parameter-names.js";

const known = new WeakMap<object, readonly string[]>();

/**
 * A call's arguments as the official SDK records them: nothing without any, a
 * single one as it is, several keyed by the parameters' names in the function's
 * text. Where a name can't be read its place stands for it, and a list for all
 * of them when none can.
 */
export function namedArguments(fn: object, values: readonly unknown[]): unknown {
  if (values.length < 2) return values[0];
  const names = namesOf(fn);
  if (names.length === 0) return values;
  const named: Record<string, unknown> = {};
  for (const [index, value] of values.entries()) {
    const name = names[index] ?? String(index);
    if (name.startsWith("...")) {
      named[name.slice(3).trim()] = values.slice(index);
      break;
    }
    named[name] = value;
  }
  return named;
}

function namesOf(fn: object): readonly string[] {
  const found = known.get(fn);
  if (found !== undefined) return found;
  const names = parameterNames(Function.prototype.toString.call(fn));
  known.set(fn, names);
  return names;
}
