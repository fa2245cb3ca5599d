/*
 * Every body is pure ASCII, as captured from dd-trace 6.21: what is not ASCII is
 * escaped, which JSON allows inside of strings, and nowhere else can it occur.
 */

const LAST_ASCII = 0x7f;
const BACKSLASH = 0x5c;
const SMALL_U = 0x75;
const HEX = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** How many bytes the text takes. */
export function asciiLength(text: string): number {
  if (typeof Buffer === "function" && Buffer.byteLength(text) === text.length) return text.length;
  let length = text.length;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > LAST_ASCII) length += 5;
  return length;
}

/** The text itself when it is ASCII, else with everything else escaped. */
export function toAscii(text: string): string {
  const length = asciiLength(text);
  if (length === text.length) return text;
  const bytes = new Uint8Array(length);
  writeEscaped(text, bytes, 0, length);
  return decoder.decode(bytes);
}

/**
 * Writes the text at `at` and returns where it ends; undefined, with anything
 * behind `at`, when it does not fit before `end`.
 */
export function writeAscii(text: string, bytes: Uint8Array, at: number, end: number): number | undefined {
  // UTF-8 of text that is all ASCII has its length: a fast writer finds out, and most events are.
  if (end - at < text.length) return undefined;
  const written = writeUtf8(text, bytes, at);
  return written === text.length ? at + written : writeEscaped(text, bytes, at, end);
}

/** May stop early where `bytes` end, but not with as many bytes as a text that is not ASCII has units. */
function writeUtf8(text: string, bytes: Uint8Array, at: number): number {
  if (bytes.length - at < text.length + 4) return -1;
  if (typeof Buffer === "function" && bytes instanceof Buffer) return bytes.write(text, at);
  return encoder.encodeInto(text, bytes.subarray(at)).written;
}

function writeEscaped(text: string, bytes: Uint8Array, from: number, end: number): number | undefined {
  let at = from;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit <= LAST_ASCII) {
      if (at >= end) return undefined;
      bytes[at++] = unit;
      continue;
    }
    if (at + 6 > end) return undefined;
    bytes[at++] = BACKSLASH;
    bytes[at++] = SMALL_U;
    for (let shift = 12; shift >= 0; shift -= 4) bytes[at++] = HEX[(unit >>> shift) & 15] ?? 0;
  }
  return at;
}
