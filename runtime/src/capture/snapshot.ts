import type { Json } from "../json.js";
import { builtin } from "../node-builtins.js";
import { REDACTED, type SensitiveKeys } from "./sensitive-keys.js";
import { truncateText, truncationMark } from "./truncation.js";

/** Bounds of one captured value. */
export interface CaptureLimits {
  /** UTF-16 units of text, keys included. */
  readonly text: number;
  readonly depth: number;
  readonly entries: number;
}

export const DEFAULT_LIMITS: CaptureLimits = { text: 1024 * 1024, depth: 12, entries: 1000 };

const isProxy = builtin("node:util")?.types.isProxy;
const NUMBER_COST = 8;

/**
 * Copies a value as it is now into plain JSON, within limits: the program may
 * change it before it is sent. Strings are kept by reference. Never throws,
 * whatever getters, proxies and `toJSON` methods do.
 */
export class Snapshot {
  readonly #keys: SensitiveKeys;
  readonly #limits: CaptureLimits;
  #left: number;
  /** The containers from the root to the current value, for cycles: a shared reference is not one. */
  readonly #ancestors: object[] = [];

  constructor(keys: SensitiveKeys, limits: CaptureLimits = DEFAULT_LIMITS) {
    this.#keys = keys;
    this.#limits = limits;
    this.#left = limits.text;
  }

  /** Text units taken so far, over all values this snapshot took. */
  get used(): number {
    return this.#limits.text - this.#left;
  }

  /** Text units that may still be taken. */
  get left(): number {
    return Math.max(this.#left, 0);
  }

  get full(): boolean {
    return this.#left <= 0;
  }

  /** Undefined only for `undefined`: nothing to capture. */
  take(value: unknown): Json | undefined {
    return value === undefined ? undefined : this.#value(value);
  }

  #value(value: unknown): Json {
    switch (typeof value) {
      case "string":
        return this.#text(value);
      case "number":
        this.#left -= NUMBER_COST;
        return Number.isFinite(value) ? value : String(value);
      case "boolean":
        this.#left -= NUMBER_COST;
        return value;
      case "undefined":
        return null;
      case "bigint":
        return this.#text(`${value}n`);
      case "symbol":
        return this.#text(String(value));
      case "function":
        return this.#text(functionText(value));
      case "object":
        return value === null ? null : this.#guarded(value);
    }
  }

  #text(text: string): string {
    const kept = truncateText(text, Math.max(this.#left, 0));
    this.#left -= kept.length;
    return kept;
  }

  #guarded(value: object): Json {
    if (this.#ancestors.includes(value)) return this.#text("[Circular]");
    if (this.#ancestors.length >= this.#limits.depth) return this.#text("[Too deep]");
    this.#ancestors.push(value);
    try {
      return this.#object(value);
    } catch (error) {
      return this.#text(unreadable(error));
    } finally {
      this.#ancestors.pop();
    }
  }

  #object(value: object): Json {
    // A proxy may turn every property read into a remote call: look at its own data only.
    if (isProxy?.(value)) return Array.isArray(value) ? this.#list(value, value.length) : this.#properties(value);
    if (Array.isArray(value)) return this.#list(value, value.length);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof Error) return this.#error(value);
    if (value instanceof Map) return this.#map(value);
    if (value instanceof Set) return this.#list(value.values(), value.size);
    if (ArrayBuffer.isView(value)) return this.#text(`[${value.constructor.name} of ${value.byteLength} bytes]`);
    if (value instanceof ArrayBuffer) return this.#text(`[ArrayBuffer of ${value.byteLength} bytes]`);
    if (value instanceof Promise) return "[Promise]";
    if ("toJSON" in value && typeof value.toJSON === "function") {
      const plain: unknown = value.toJSON();
      return plain === value ? this.#properties(value) : this.#value(plain);
    }
    return this.#properties(value);
  }

  #list(values: Iterable<unknown>, size: number): Json {
    const list: Json[] = [];
    for (const item of values) {
      if (list.length >= this.#limits.entries || this.#left <= 0) {
        list.push(truncationMark(size - list.length));
        break;
      }
      list.push(this.#value(item));
    }
    return list;
  }

  #properties(value: object): Json {
    return this.#entries(
      Object.keys(value),
      (key) => key,
      (key) => Reflect.get(value, key),
    );
  }

  #map(map: ReadonlyMap<unknown, unknown>): Json {
    return this.#entries(
      [...map.keys()],
      (key) => (typeof key === "string" ? key : safeString(key)),
      (key) => map.get(key),
    );
  }

  #entries<Key>(keys: readonly Key[], nameOf: (key: Key) => string, read: (key: Key) => unknown): Json {
    const taken: Record<string, Json> = {};
    let count = 0;
    for (const key of keys) {
      const name = nameOf(key);
      if (count >= this.#limits.entries || this.#left <= 0) {
        taken["…"] = truncationMark(keys.length - count);
        break;
      }
      count++;
      this.#left -= name.length;
      const item = this.#property(name, key, read);
      // Defined, not assigned: `__proto__` is a key like any other.
      if (name === "__proto__") Object.defineProperty(taken, name, { value: item, enumerable: true });
      else if (item !== undefined) taken[name] = item;
    }
    return taken;
  }

  #property<Key>(name: string, key: Key, read: (key: Key) => unknown): Json | undefined {
    if (this.#keys.has(name)) return REDACTED;
    try {
      return this.take(read(key));
    } catch (error) {
      return this.#text(unreadable(error));
    }
  }

  #error(error: Error): Json {
    const own = this.#properties(error);
    return { name: this.#text(String(error.name)), message: this.#text(String(error.message)), ...Object(own) };
  }
}

function functionText(value: { readonly name?: unknown }): string {
  try {
    return typeof value.name === "string" && value.name !== "" ? `[Function ${value.name}]` : "[Function]";
  } catch {
    return "[Function]";
  }
}

function unreadable(error: unknown): string {
  return `[Threw: ${safeString(error instanceof Error ? error.message : error)}]`;
}

/** `String(value)` that can't throw. */
export function safeString(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "[unprintable]";
  }
}
