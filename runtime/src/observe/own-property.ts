/**
 * Shadows a method of one object with an own property that `Object.keys` shows
 * only if it did before, and gives back how to undo it; undefined where the object forbids it or,
 * being a proxy, does not do what it is told.
 */
export function shadow(target: object, key: PropertyKey, value: unknown): (() => void) | undefined {
  try {
    const before = Object.getOwnPropertyDescriptor(target, key);
    const enumerable = before?.enumerable ?? false;
    const done = Reflect.defineProperty(target, key, { value, enumerable, configurable: true, writable: true });
    if (!done || Object.getOwnPropertyDescriptor(target, key)?.value !== value) return undefined;
    const undo = () => restore(target, key, before);
    if (Reflect.get(target, key) === value) return undo;
    undo();
  } catch {
    // A trap of a proxy threw.
  }
  return undefined;
}

function restore(target: object, key: PropertyKey, before: PropertyDescriptor | undefined): void {
  try {
    if (before === undefined) Reflect.deleteProperty(target, key);
    else Reflect.defineProperty(target, key, before);
  } catch {
    // As above.
  }
}

/** A property that is a function, or undefined; a getter that throws counts as none. */
export function method(target: object, key: PropertyKey): ((...values: readonly unknown[]) => unknown) | undefined {
  try {
    const value: unknown = Reflect.get(target, key);
    return typeof value === "function" ? (...values) => Reflect.apply(value, target, [...values]) : undefined;
  } catch {
    return undefined;
  }
}
