/** How text stands between quotes: in JSON (`once`), or in JSON that is itself a JSON string (`twice`). */
export interface Escapes {
  readonly quote: Uint8Array;
  /** By ASCII unit: the bytes it takes beyond one; 0 for what stands for itself. */
  readonly extra: Uint8Array;
  /** By ASCII unit: its bytes; undefined for what stands for itself. */
  readonly bytes: ReadonlyArray<Uint8Array | undefined>;
  /** Half a surrogate pair, which JSON escapes itself, is escaped once more. */
  readonly escapesHalves: boolean;
  /** Keys as members of an object begin, remembered. */
  readonly keys: Map<string, Uint8Array>;
}

/** Bytes of a text that is all ASCII. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (unit) => unit.charCodeAt(0));
}

function escapes(quote: string, escapesHalves: boolean, encode: (text: string) => string): Escapes {
  const texts = Array.from({ length: 128 }, (_, unit) => encode(String.fromCharCode(unit)));
  return {
    quote: asciiBytes(quote),
    extra: Uint8Array.from(texts, (text) => text.length - 1),
    bytes: texts.map((text) => (text.length === 1 ? undefined : asciiBytes(text))),
    escapesHalves,
    keys: new Map(),
  };
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

export const ONCE = escapes('"', false, inJson);
export const TWICE = escapes('\\"', true, (text) => inJson(inJson(text)));
