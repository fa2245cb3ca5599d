/** What came from outside: an object whose members may be anything. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const NONE: Fields = Object.freeze(Object.create(null));

export function fields(value: unknown): Fields {
  return isFields(value) ? value : NONE;
}

/** An own member: keys such as `constructor` find nothing of the prototype's. */
export function member(object: Fields, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** A string with something in it. */
export function filled(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export function finite(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
