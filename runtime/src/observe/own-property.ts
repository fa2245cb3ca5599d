/** Runs the method that stood there before with the same `this`, and with the same arguments unless others are given. */
export type Original = (values?: readonly unknown[]) => unknown;

/** Stands before a method of one object. */
export type Around = (original: Original, values: readonly unknown[]) => unknown;

/**
 * Own properties that stand before the methods of objects, to see them called. `Object.keys` shows one only if it did
 * before. None is put where the object forbids it or, being a proxy, does not do what it is told.
 */
export class OwnProperties {
  readonly #undo: (() => void)[] = [];

  /** Whether `around` stands before the method now; undefined where there is no such method. */
  around(target: object, key: PropertyKey, around: Around): boolean | undefined {
    const original = method(target, key);
    if (original === undefined) return undefined;
    return this.#put(target, key, {
      value(this: unknown, ...values: readonly unknown[]) {
        return around((given = values) => Reflect.apply(original, this, [...given]), values);
      },
      writable: true,
    });
  }

  /** The same for a property that a getter computes, which its class has. */
  aroundGetter(target: object, key: PropertyKey, around: (original: () => unknown) => unknown): boolean | undefined {
    const getter = inheritedGetter(target, key);
    if (getter === undefined) return undefined;
    return this.#put(target, key, {
      get(this: unknown) {
        return around(() => Reflect.apply(getter, this, []));
      },
    });
  }

  /** Takes all of them away again. */
  remove(): void {
    for (const undo of this.#undo.splice(0)) undo();
  }

  #put(target: object, key: PropertyKey, property: PropertyDescriptor): boolean {
    try {
      const before = Object.getOwnPropertyDescriptor(target, key);
      const enumerable = before?.enumerable ?? false;
      if (!Reflect.defineProperty(target, key, { ...property, enumerable, configurable: true })) return false;
      const put = functionOf(property);
      if (put === undefined || functionOf(Object.getOwnPropertyDescriptor(target, key)) !== put) return false;
      shadows.set(put, { before, removed: false });
      const undo = () => remove(target, key, put);
      if ("value" in property && Reflect.get(target, key) !== put) {
        undo();
        return false;
      }
      this.#undo.push(undo);
      return true;
    } catch {
      // A trap of a proxy threw.
      return false;
    }
  }
}

interface Shadow {
  readonly before: PropertyDescriptor | undefined;
  removed: boolean;
}

const shadows = new WeakMap<object, Shadow>();

/** Shadows of one property may be undone in any order: one that lies below another goes when that one does. */
function remove(target: object, key: PropertyKey, put: object): void {
  const own = shadows.get(put);
  if (own === undefined) return;
  own.removed = true;
  try {
    if (functionOf(Object.getOwnPropertyDescriptor(target, key)) !== put) return;
    let { before } = own;
    for (let below = shadowIn(before); below?.removed === true; below = shadowIn(before)) before = below.before;
    if (before === undefined) Reflect.deleteProperty(target, key);
    else Reflect.defineProperty(target, key, before);
  } catch {
    // As above.
  }
}

function shadowIn(descriptor: PropertyDescriptor | undefined): Shadow | undefined {
  const put = functionOf(descriptor);
  return put === undefined ? undefined : shadows.get(put);
}

function functionOf(descriptor: PropertyDescriptor | undefined): object | undefined {
  const found: unknown = descriptor?.get ?? descriptor?.value;
  return typeof found === "function" ? found : undefined;
}

/** A property that is a function, or undefined; a getter that throws counts as none. */
export function method(target: object, key: PropertyKey) {
  const value = property(target, key);
  return typeof value === "function" ? value : undefined;
}

/** A property, or undefined where reading it throws. */
export function property(target: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(target, key);
  } catch {
    return undefined;
  }
}

function inheritedGetter(target: object, key: PropertyKey) {
  let holder: object | null = Object.getPrototypeOf(target);
  while (holder !== null) {
    const found = Object.getOwnPropertyDescriptor(holder, key);
    if (found !== undefined) return found.get;
    holder = Object.getPrototypeOf(holder);
  }
  return undefined;
}
