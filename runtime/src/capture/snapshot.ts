import type { Json } from "../json.js";
import { brandOf, isProxy } from "./brand.js";
import { REDACTED, type SensitiveKeys } from "./sensitive-keys.js";
import { dateText, functionText, type Members, nameOf, safeString, sizeOf, unreadable } from "./texts.js";
import { truncateText, truncationMark } from "./truncation.js";

export { safeString } from "./texts.js";

/** Bounds of one captured value. */
export interface CaptureLimits {
  /** UTF-16 units of text, keys included. */
  readonly text: number;
  readonly depth: number;
  readonly entries: number;
}

export const DEFAULT_LIMITS: CaptureLimits = { text: 1024 * 1024, depth: 12, entries: 1000 };

/** What a value without text of its own takes of the text limit: about what it takes on the wire. */
const VALUE_COST = 16;

/** What is of interest in a request or an answer; nobody's body is read. */
const REQUEST_MEMBERS = ["method", "url", "headers"] as const;
const RESPONSE_MEMBERS = ["status", "statusText", "url", "headers"] as const;
/** The last three are put there by frameworks. */
const NODE_REQUEST_MEMBERS = ["method", "url", "headers", "params", "query", "body"] as const;

/** Up to this many properties are copied at once. */
const FEW = 32;

type Taken = Record<string, Json>;

/**
 * Copies a value as it is now into plain JSON, within limits: the program may
 * change it before it is sent. Strings are kept by reference. Never throws,
 * whatever getters, proxies and `toJSON` methods do. docs/capture.md has the
 * rendering of each kind of value.
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

  /**
   * The same for an object that nobody else holds, such as the parameters of a call
   * by their names: it is not copied itself, only what it holds.
   */
  takeOwn(value: unknown): Json | undefined {
    const before = this.#left;
    if (isPlain(value) && this.#takesMembers(value)) return value;
    this.#left = before;
    return this.take(value);
  }

  /** Puts the copies in their places; false where the limits leave no room for all. */
  #takesMembers(members: Record<string, unknown>): members is Taken {
    const names = Object.keys(members);
    if (names.length > this.#limits.entries) return false;
    this.#left -= VALUE_COST;
    for (const name of names) {
      const value = members[name];
      if (value === undefined) delete members[name];
      else if (this.#left <= 0) return false;
      else {
        this.#left -= name.length;
        if (this.#keys.has(name)) members[name] = REDACTED;
        else if (!this.#takesLeaf(value)) members[name] = this.#below(members, value);
      }
    }
    return true;
  }

  #below(members: object, value: unknown): Json {
    this.#ancestors.push(members);
    try {
      return this.#value(value);
    } catch (error) {
      return this.#text(unreadable(error));
    } finally {
      this.#ancestors.pop();
    }
  }

  /** Counts a value that is its own copy; false for any other. */
  #takesLeaf(value: unknown): boolean {
    if (typeof value === "string") {
      if (value.length > this.#left) return false;
      this.#left -= value.length;
      return true;
    }
    if (value !== null && typeof value !== "boolean" && !(typeof value === "number" && Number.isFinite(value))) {
      return false;
    }
    this.#left -= VALUE_COST;
    return true;
  }

  #value(value: unknown): Json {
    switch (typeof value) {
      case "string":
        return this.#text(value);
      case "number":
        this.#left -= VALUE_COST;
        return Number.isFinite(value) ? value : String(value);
      case "boolean":
        this.#left -= VALUE_COST;
        return value;
      case "undefined":
        this.#left -= VALUE_COST;
        return null;
      case "bigint":
        return this.#text(`${value}n`);
      case "symbol":
        return this.#text(String(value));
      case "function":
        return this.#text(functionText(value));
      default:
        this.#left -= VALUE_COST;
        return isMembers(value) ? this.#guarded(value) : null;
    }
  }

  #text(text: string): string {
    const kept = text.length <= this.#left ? text : truncateText(text, Math.max(this.#left, 0));
    this.#left -= kept.length;
    return kept;
  }

  #guarded(value: Members): Json {
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

  #object(value: Members): Json {
    // A proxy may turn every property read into a remote call: look at its own data only.
    if (isProxy(value)) return this.#proxy(value);
    if (Array.isArray(value)) return this.#list(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return this.#instance(value);
    return this.#said(value) ?? this.#properties(value);
  }

  #proxy(value: Members): Json {
    try {
      if (!Array.isArray(value)) return this.#properties(value);
    } catch (error) {
      if (error instanceof TypeError) return this.#text("[Revoked proxy]");
      throw error;
    }
    return this.#list(value);
  }

  #instance(value: Members): Json {
    switch (brandOf(value)) {
      case "Date":
        return this.#text(dateText(value));
      case "Error":
        return this.#error(value);
      case "Map":
        return this.#map(value);
      case "Set":
        return this.#iterated(Set.prototype.values.call(value), sizeOf(value, "size"));
      case "Headers":
        return this.#headers(value);
      case "URLSearchParams":
      case "RegExp":
        return this.#text(String(value));
      case "Boxed":
        return this.#value(value.valueOf());
      case "Bytes":
        return this.#text(`[${nameOf(value)} of ${sizeOf(value, "byteLength")} bytes]`);
      case "Request":
        return this.#members(value, REQUEST_MEMBERS);
      case "Response":
        return this.#members(value, RESPONSE_MEMBERS);
      case "NodeRequest":
        return this.#members(value, NODE_REQUEST_MEMBERS);
      case "NodeStream":
        return this.#text(`[${nameOf(value)}]`);
      case "Other":
        return this.#said(value) ?? this.#shown(value);
    }
  }

  /** What the object says it is in JSON. */
  #said(value: Members): Json | undefined {
    if (!("toJSON" in value) || typeof value.toJSON !== "function") return undefined;
    const plain: unknown = value.toJSON();
    return plain === value ? undefined : this.#value(plain);
  }

  /** An instance that keeps everything to itself still says what it is. */
  #shown(value: Members): Json {
    const shown = this.#properties(value);
    if (Object.keys(shown).length > 0) return shown;
    const name = nameOf(value);
    return name === "Object" ? shown : this.#text(`[${name}]`);
  }

  #list(values: readonly unknown[]): Json {
    const { length } = values;
    const list: Json[] = [];
    for (let index = 0; index < length; index++) {
      if (index >= this.#limits.entries || this.#left <= 0) {
        list.push(truncationMark(length - index));
        break;
      }
      try {
        list.push(this.#value(values[index]));
      } catch (error) {
        list.push(this.#text(unreadable(error)));
      }
    }
    return list;
  }

  #iterated(values: Iterable<unknown>, size: number): Json {
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

  #properties(value: Members): Taken {
    const keys = Object.keys(value);
    if (keys.length > Math.min(FEW, this.#limits.entries)) return this.#propertiesOf(value, keys);
    // Made at once it has the shape of the original; properties put there one by one cost several times as much.
    const copy = copied(value);
    if (copy === undefined) return this.#propertiesOf(value, keys);
    const before = this.#left;
    if (this.#areLeaves(copy, keys)) return copy;
    this.#left = before;
    return this.#propertiesOf(copy, keys);
  }

  #areLeaves(members: Members, keys: readonly string[]): members is Taken {
    for (const key of keys) {
      if (this.#left <= 0 || this.#keys.has(key)) return false;
      this.#left -= key.length;
      if (!this.#takesLeaf(members[key])) return false;
    }
    return true;
  }

  #propertiesOf(value: Members, keys: readonly string[]): Taken {
    const taken: Taken = {};
    for (let index = 0; index < keys.length; index++) {
      if (index >= this.#limits.entries || this.#left <= 0) {
        taken["…"] = truncationMark(keys.length - index);
        break;
      }
      this.#property(taken, value, keys[index] ?? "");
    }
    return taken;
  }

  #members(value: Members, names: readonly string[]): Json {
    const taken: Taken = {};
    for (const name of names) if (name in value) this.#property(taken, value, name);
    return taken;
  }

  #property(taken: Taken, value: Members, name: string): void {
    this.#left -= name.length;
    let item: Json | undefined;
    try {
      item = this.#keys.has(name) ? REDACTED : this.take(value[name]);
    } catch (error) {
      item = this.#text(unreadable(error));
    }
    put(taken, name, item);
  }

  /** An object by its keys, or a list of pairs where a key is an object itself. */
  #map(map: Members): Json {
    const size = sizeOf(map, "size");
    const keys: unknown[] = [];
    for (const key of Map.prototype.keys.call(map)) if (keys.push(key) > this.#limits.entries) break;
    if (keys.some((key) => typeof key === "object" || typeof key === "function")) {
      return this.#iterated(Map.prototype.entries.call(map), size);
    }
    const named = Object.fromEntries(keys.map((key) => [safeString(key), Map.prototype.get.call(map, key)]));
    const taken = this.#properties(named);
    if (size > keys.length) taken["…"] = truncationMark(size - this.#limits.entries);
    return taken;
  }

  /** Form data too: names, each with its value or its values. */
  #headers(headers: Members): Json {
    const named: Record<string, unknown> = {};
    const entries: unknown = typeof headers.entries === "function" ? headers.entries() : [];
    if (!isIterable(entries)) return this.#shown(headers);
    let count = 0;
    for (const pair of entries) {
      const [key, value]: readonly unknown[] = Array.isArray(pair) ? pair : [];
      const name = safeString(key);
      const before = named[name];
      put(named, name, before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]);
      if (++count > this.#limits.entries) break;
    }
    return this.#properties(named);
  }

  #error(error: Members): Json {
    const taken: Taken = { name: this.#text(safeString(error.name)), message: this.#text(safeString(error.message)) };
    Object.assign(taken, this.#properties(error));
    // Neither is enumerable.
    for (const name of ["cause", "errors"]) if (Object.hasOwn(error, name)) this.#property(taken, error, name);
    return taken;
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}

/** Undefined where a getter throws. Its symbols come along, which nobody reads. */
function copied(value: Members): Members | undefined {
  try {
    return { ...value };
  } catch {
    return undefined;
  }
}

/** Neither a list nor of a class. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return isMembers(value) && Symbol.iterator in value;
}

/** As an assignment would make a property. */
const PLAIN = { enumerable: true, writable: true, configurable: true };

/** `__proto__` is a key like any other: defined, not assigned. */
function put<Value>(taken: Record<string, Value>, name: string, value: Value | undefined): void {
  if (value === undefined) return;
  if (name === "__proto__") Object.defineProperty(taken, name, { value, ...PLAIN });
  else taken[name] = value;
}
