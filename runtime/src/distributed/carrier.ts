/**
 * Where headers are: a plain object, `Headers`, a `Map`, a list of pairs or a flat
 * list (`rawHeaders`), something with `getHeader` and `setHeader` (Node's outgoing
 * messages), or an object whose `headers` is one of these (Node's and the web's
 * requests). Values may be bytes, as message queues have them.
 */
export type Carrier = object;

/** The header whatever its spelling; several of one name are joined by commas. May throw what the carrier throws. */
export function readHeader(carrier: Carrier, name: string): string | undefined {
  const inner = headersIn(carrier);
  if (inner !== undefined) return readHeader(inner, name);
  if (hasMethod(carrier, "getHeader")) return asHeader(carrier.getHeader(name));
  if (carrier instanceof Map || !hasMethod(carrier, "get")) {
    const values = entriesOf(carrier).filter(([key]) => key.toLowerCase() === name);
    return asHeader(values.map(([, value]) => asHeader(value)).filter((value) => value !== undefined));
  }
  return asHeader(carrier.get(name));
}

/** Sets the header in place of any other spelling of it. May throw what the carrier throws. */
export function writeHeader(carrier: Carrier, name: string, value: string): void {
  const inner = headersIn(carrier);
  if (inner !== undefined) writeHeader(inner, name, value);
  else if (hasMethod(carrier, "setHeader")) carrier.setHeader(name, value);
  else if (Array.isArray(carrier)) writeToList(carrier, name, value);
  else if (hasMethod(carrier, "set")) {
    if (carrier instanceof Map) for (const key of [...carrier.keys()]) if (isSame(key, name)) carrier.delete(key);
    carrier.set(name, value);
  } else {
    for (const key of Object.keys(carrier)) if (key !== name && isSame(key, name)) Reflect.deleteProperty(carrier, key);
    Object.assign(carrier, { [name]: value });
  }
}

function headersIn(carrier: Carrier): Carrier | undefined {
  const headers: unknown = "headers" in carrier ? carrier.headers : undefined;
  return typeof headers === "object" && headers !== null ? headers : undefined;
}

type Entry = readonly [key: string, value: unknown];

function entriesOf(carrier: Carrier): readonly Entry[] {
  if (!Array.isArray(carrier)) return carrier instanceof Map ? [...carrier].map(asEntry) : Object.entries(carrier);
  if (isFlat(carrier))
    return carrier.flatMap((key, at): Entry[] => (at % 2 === 0 ? [[String(key), carrier[at + 1]]] : []));
  return carrier.filter(Array.isArray).map(asEntry);
}

function asEntry([key, value]: readonly unknown[]): Entry {
  return [String(key), value];
}

function isFlat(list: readonly unknown[]): boolean {
  return list.length > 0 && !Array.isArray(list[0]);
}

function writeToList(list: unknown[], name: string, value: string): void {
  const flat = isFlat(list);
  const step = flat ? 2 : 1;
  for (let at = list.length - step; at >= 0; at -= step) {
    const entry = list[at];
    if (isSame(flat ? entry : Array.isArray(entry) ? entry[0] : undefined, name)) list.splice(at, step);
  }
  list.push(...(flat ? [name, value] : [[name, value]]));
}

function isSame(key: unknown, name: string): boolean {
  return typeof key === "string" && key.toLowerCase() === name;
}

function asHeader(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (typeof value === "number") return String(value);
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(asHeader).join();
  return undefined;
}

function hasMethod<Name extends string>(
  carrier: object,
  name: Name,
): carrier is Record<Name, (...values: readonly unknown[]) => unknown> {
  return typeof Reflect.get(carrier, name) === "function";
}
