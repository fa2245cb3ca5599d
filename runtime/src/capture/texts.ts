/** Any object, seen by its properties. */
export type Members = Readonly<Record<string, unknown>>;

/** `String(value)` that can't throw. */
export function safeString(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "[unprintable]";
  }
}

/** In place of something that threw when it was looked at. */
export function unreadable(error: unknown): string {
  try {
    return `[Threw: ${safeString(error instanceof Error ? error.message : error)}]`;
  } catch {
    return "[Threw: [unprintable]]";
  }
}

/** May be called with a proxy. */
export function functionText(value: { readonly name?: unknown }): string {
  try {
    return typeof value.name === "string" && value.name !== "" ? `[Function ${value.name}]` : "[Function]";
  } catch {
    return "[Function]";
  }
}

/** What an instance is called: by its class, else by its tag, as generators are. */
export function nameOf(value: object): string {
  const made: unknown = Reflect.get(value, "constructor");
  const name: unknown = typeof made === "function" ? made.name : undefined;
  if (typeof name === "string" && name !== "") return name;
  const tag: unknown = Reflect.get(value, Symbol.toStringTag);
  return typeof tag === "string" && tag !== "" ? tag : "Object";
}

/** ISO 8601. The object is a date, of any realm and with any prototype. */
export function dateText(date: object): string {
  const time: unknown = Date.prototype.valueOf.call(date);
  return typeof time === "number" && !Number.isNaN(time) ? new Date(time).toISOString() : "Invalid Date";
}

/** The `size` or `byteLength` an object says it has. */
export function sizeOf(value: object, property: "size" | "byteLength"): number {
  const size: unknown = Reflect.get(value, property);
  return typeof size === "number" ? size : 0;
}
