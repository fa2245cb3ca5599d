import { toAscii } from "../export/ascii.js";
import { allocate } from "../export/batch.js";
import type { EncodedEvent } from "../export/record.js";
import type { Json } from "../json.js";
import { asciiBytes, type Escapes, ONCE, TWICE } from "./escapes.js";

const LEAST_BYTES = 65_536;
/** A writer that grew beyond this goes back to the least when it is used again. */
const MOST_KEPT_BYTES = 1_048_576;
/** Up to this many units a loop is faster than the platform's own writer. */
const SHORT = 24;
/** Longer texts are written part by part, which bounds the room that is asked for. */
const PART = 65_536;
/** What one unit takes at most: `\\uXXXX`. */
const MOST_PER_UNIT = 7;
const MOST_KEYS = 2000;
const BILLION = 1_000_000_000;

const [QUOTE, BACKSLASH, SMALL_U, ZERO, MINUS] = [0x22, 0x5c, 0x75, 0x30, 0x2d] as const;
const HEX = asciiBytes("0123456789abcdef");
const [NULL, TRUE, FALSE] = [asciiBytes("null"), asciiBytes("true"), asciiBytes("false")];
const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d] as const;
const [OPEN_OBJECT, CLOSE_OBJECT, COMMA] = [0x7b, 0x7d, 0x2c] as const;

const encoder = new TextEncoder();

/** Puts an event together in bytes, one after the other in the same memory: pure ASCII, without strings in between. */
export class JsonWriter implements EncodedEvent {
  #bytes = allocate(LEAST_BYTES);
  /** The same memory, four bytes at a time. */
  #words = wordsOf(this.#bytes);
  #end = 0;

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get length(): number {
    return this.#end;
  }

  reset(): void {
    this.#end = 0;
    if (this.#bytes.length > MOST_KEPT_BYTES) this.#use(allocate(LEAST_BYTES));
  }

  /** Takes the last byte back. */
  dropLast(): void {
    this.#end--;
  }

  /** A copy of what was written from `start` on. */
  copy(start: number): Uint8Array {
    return Uint8Array.from(this.#bytes.subarray(start, this.#end));
  }

  raw(bytes: Uint8Array): void {
    const { length } = bytes;
    this.#room(length);
    if (length > SHORT) this.#bytes.set(bytes, this.#end);
    else for (let index = 0; index < length; index++) this.#bytes[this.#end + index] = bytes[index] ?? 0;
    this.#end += length;
  }

  /** Text that is ASCII and stands for itself. */
  ascii(text: string): void {
    this.#room(text.length + 4);
    if (text.length > SHORT) {
      this.#end += writeUtf8(text, this.#bytes, this.#end);
      return;
    }
    for (let index = 0; index < text.length; index++) this.#bytes[this.#end++] = text.charCodeAt(index);
  }

  /** A piece of JSON that may have other than ASCII in its strings. */
  text(json: string): void {
    this.ascii(toAscii(json));
  }

  /** 8 hex digits of an unsigned 32-bit number. */
  hex(value: number): void {
    this.#room(8);
    for (let shift = 28; shift >= 0; shift -= 4) this.#bytes[this.#end++] = HEX[(value >>> shift) & 15] ?? ZERO;
  }

  /** A whole number, not negative, with zeros before it up to `digits`. */
  digits(value: number, digits: number): void {
    if (value >= BILLION) {
      // Numbers of 31 bits are divided faster.
      const billions = Math.floor(value / BILLION);
      this.digits(billions, digits - 9);
      this.digits(value - billions * BILLION, 9);
      return;
    }
    let count = 1;
    for (let limit = 10; value >= limit; limit *= 10) count++;
    if (count < digits) count = digits;
    this.#room(count);
    let rest = value | 0;
    for (let at = this.#end + count - 1; at >= this.#end; at--) {
      const tens = (rest / 10) | 0;
      this.#bytes[at] = ZERO + (rest - tens * 10);
      rest = tens;
    }
    this.#end += count;
  }

  quote(): void {
    this.#byte(QUOTE);
  }

  /** A JSON string. */
  string(text: string): void {
    this.#quoted(text, ONCE);
  }

  /** A value as JSON. */
  json(value: Json): void {
    this.#value(value, ONCE);
  }

  /** JSON as it stands inside a JSON string. */
  quotedJson(value: Json): void {
    this.#value(value, TWICE);
  }

  /** A part of what stands between the quotes of a string. */
  content(text: string, escapes: Escapes): void {
    for (let at = 0; at < text.length; at += PART) {
      this.#part(text.length <= PART ? text : text.slice(at, at + PART), escapes);
    }
  }

  #byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#end++] = value;
  }

  #value(value: Json, escapes: Escapes): void {
    if (typeof value === "string") this.#quoted(value, escapes);
    else if (typeof value !== "object" || value === null) this.leaf(value);
    else if (isList(value)) {
      this.#byte(OPEN_LIST);
      for (let index = 0; index < value.length; index++) {
        if (index > 0) this.#byte(COMMA);
        this.#value(value[index] ?? null, escapes);
      }
      this.#byte(CLOSE_LIST);
    } else {
      this.#byte(OPEN_OBJECT);
      const begin = this.#end;
      for (const key of Object.keys(value)) {
        const item = value[key];
        if (item === undefined) continue;
        if (this.#end !== begin) this.#byte(COMMA);
        this.key(key, escapes);
        this.#value(item, escapes);
      }
      this.#byte(CLOSE_OBJECT);
    }
  }

  /** A value that is neither a text nor a container. */
  leaf(value: null | boolean | number): void {
    if (typeof value !== "number") this.raw(value === null ? NULL : value ? TRUE : FALSE);
    else if (Number.isSafeInteger(value)) {
      if (value < 0) this.#byte(MINUS);
      this.digits(Math.abs(value), 1);
    } else if (Number.isFinite(value)) this.ascii(`${value}`);
    else this.raw(NULL);
  }

  /** The key of a member, its colon too. */
  key(key: string, escapes: Escapes): void {
    const known = escapes.keys.get(key);
    if (known !== undefined) {
      this.raw(known);
      return;
    }
    const start = this.#end;
    this.#quoted(key, escapes);
    this.ascii(":");
    if (escapes.keys.size < MOST_KEYS && key.length < 100) escapes.keys.set(key, this.copy(start));
  }

  #quoted(text: string, escapes: Escapes): void {
    this.raw(escapes.quote);
    this.content(text, escapes);
    this.raw(escapes.quote);
  }

  #part(text: string, escapes: Escapes): void {
    const { length } = text;
    if (length <= SHORT) {
      this.#units(text, escapes);
      return;
    }
    this.#room(length * 3 + 4);
    // As long as its UTF-8, so it is all ASCII.
    if (writeUtf8(text, this.#bytes, this.#end) !== length) {
      this.#units(text, escapes);
      return;
    }
    const end = this.#end + length;
    const special = this.#firstSpecial(this.#end, end);
    this.#end = end;
    if (special < end) this.#expand(special, escapes);
  }

  /** Unit by unit. */
  #units(text: string, { extra, bytes: escaped, escapesHalves }: Escapes): void {
    this.#room(text.length * MOST_PER_UNIT);
    const bytes = this.#bytes;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 128) {
        const special = extra[unit] === 0 ? undefined : escaped[unit];
        if (special === undefined) bytes[this.#end++] = unit;
        else for (const byte of special) bytes[this.#end++] = byte;
        continue;
      }
      if (escapesHalves && isHalf(text, index, unit)) bytes[this.#end++] = BACKSLASH;
      bytes[this.#end++] = BACKSLASH;
      bytes[this.#end++] = SMALL_U;
      for (let shift = 12; shift >= 0; shift -= 4) bytes[this.#end++] = HEX[(unit >>> shift) & 15] ?? ZERO;
    }
  }

  /** Where the first byte is that does not stand for itself, among ASCII; `end` without any. */
  #firstSpecial(from: number, end: number): number {
    const { extra } = ONCE;
    const bytes = this.#bytes;
    const words = this.#words;
    let at = from;
    for (; at < end && (at & 3) !== 0; at++) if (extra[bytes[at] ?? 0] !== 0) return at;
    let word = at >> 2;
    for (const last = end >> 2; word < last; word++) {
      const four = words[word] ?? 0;
      // The sign of a byte: it is below a space, or a quote, or a backslash.
      const signs = (four - 0x20202020) | ((four ^ 0x22222222) - 0x01010101) | ((four ^ 0x5c5c5c5c) - 0x01010101);
      if ((signs & 0x80808080) !== 0) break;
    }
    for (at = word << 2; at < end; at++) if (extra[bytes[at] ?? 0] !== 0) return at;
    return end;
  }

  /** Escapes what was written from `from` on, which is all ASCII. */
  #expand(from: number, { extra, bytes: escaped }: Escapes): void {
    let more = 0;
    for (let at = from; at < this.#end; at++) more += extra[this.#bytes[at] ?? 0] ?? 0;
    this.#room(more);
    const bytes = this.#bytes;
    let to = this.#end + more;
    // From behind, and never over what is still to be read.
    for (let at = this.#end - 1; at >= from; at--) {
      const byte = bytes[at] ?? 0;
      const special = extra[byte] === 0 ? undefined : escaped[byte];
      if (special === undefined) bytes[--to] = byte;
      else for (let index = special.length - 1; index >= 0; index--) bytes[--to] = special[index] ?? 0;
    }
    this.#end += more;
  }

  #room(size: number): void {
    const needed = this.#end + size;
    if (needed <= this.#bytes.length) return;
    const before = this.#bytes.subarray(0, this.#end);
    this.#use(allocate(2 ** Math.ceil(Math.log2(needed))));
    this.#bytes.set(before);
  }

  #use(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#words = wordsOf(bytes);
  }
}

function wordsOf({ buffer, byteOffset, length }: Uint8Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length >> 2);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Of a surrogate pair whose other half is not beside it. */
function isHalf(text: string, index: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdfff) return false;
  const other = text.charCodeAt(unit < 0xdc00 ? index + 1 : index - 1);
  return unit < 0xdc00 ? !(other >= 0xdc00 && other <= 0xdfff) : !(other >= 0xd800 && other <= 0xdbff);
}

/** There is room for more than the text takes. */
function writeUtf8(text: string, bytes: Uint8Array, at: number): number {
  if (typeof Buffer === "function" && bytes instanceof Buffer) return bytes.write(text, at);
  return encoder.encodeInto(text, bytes.subarray(at)).written;
}
