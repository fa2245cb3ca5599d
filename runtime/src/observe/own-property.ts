/**
 * Shadows a method of one object with an own property that `Object.keys` does not
 * show, and gives back how to undo it; undefined where the object forbids it.
 */
export function shadow(target: object, key: PropertyKey, value: unknown): (() => void) | undefined {
  const before = Object.getOwnPropertyDescriptor(target, key);
  const done = Reflect.defineProperty(target, key, { value, enumerable: false, configurable: true, writable: true });
  if (!done) return undefined;
  return () => {
    if (before === undefined) Reflect.deleteProperty(target, key);
    else Reflect.defineProperty(target, key, before);
  };
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
