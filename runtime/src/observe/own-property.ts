/**
 * Shadows a method of one object with an own property that `Object.keys` shows
 * only if it did before, and gives back how to undo it; undefined where the object forbids it or,
 * being a proxy, does not do what it is told.
 */
export function shadow(target: object, key: PropertyKey, value: object): (() => void) | undefined {
  try {
    const before = Object.getOwnPropertyDescriptor(target, key);
    const enumerable = before?.enumerable ?? false;
    const done = Reflect.defineProperty(target, key, { value, enumerable, configurable: true, writable: true });
    if (!done || Object.getOwnPropertyDescriptor(target, key)?.value !== value) return undefined;
    shadows.set(value, { before, removed: false });
    const undo = () => remove(target, key, value);
    if (Reflect.get(target, key) === value) return undo;
    undo();
  } catch {
    // A trap of a proxy threw.
  }
  return undefined;
}

interface Shadow {
  readonly before: PropertyDescriptor | undefined;
  removed: boolean;
}

const shadows = new WeakMap<object, Shadow>();

/** Shadows of one property may be undone in any order: one that lies below another goes when that one does. */
function remove(target: object, key: PropertyKey, value: object): void {
  const own = shadows.get(value);
  if (own === undefined) return;
  own.removed = true;
  try {
    if (Object.getOwnPropertyDescriptor(target, key)?.value !== value) return;
    let { before } = own;
    for (let below = shadowIn(before); below?.removed === true; below = shadowIn(before)) before = below.before;
    if (before === undefined) Reflect.deleteProperty(target, key);
    else Reflect.defineProperty(target, key, before);
  } catch {
    // As above.
  }
}

function shadowIn(descriptor: PropertyDescriptor | undefined): Shadow | undefined {
  const value: unknown = descriptor?.value;
  return typeof value === "function" ? shadows.get(value) : undefined;
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
