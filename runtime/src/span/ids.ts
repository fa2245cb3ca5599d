const POOL = new Uint32Array(1024);
let next = POOL.length;

/** A random unsigned 32-bit number; asking the system for many at once makes one cheap. */
export function random32(): number {
  if (next >= POOL.length) {
    crypto.getRandomValues(POOL);
    next = 0;
  }
  return POOL[next++] ?? 0;
}

/** 2^64 is 18446744073709551616: whatever its last ten digits are, a number below these is smaller. */
const HIGHEST_DIGITS = 1_844_674_407;

/** An unsigned 64-bit number in decimal, the wire's form of a span id, out of two random 32-bit ones. */
export function decimalId(high: number, low: number): string {
  return `${1 + (high % (HIGHEST_DIGITS - 1))}${String(low).padStart(10, "0")}`;
}

/** 32 lower-case hex digits: 8 of unix seconds, 8 zeros, 16 random (captured from dd-trace 6.21). */
export function traceId(startMs: number, high: number, low: number): string {
  return `${hex32(Math.floor(startMs / 1000))}00000000${hex32(high)}${hex32(low)}`;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hex32(value: number): string {
  return `${HEX[value >>> 24]}${HEX[(value >>> 16) & 255]}${HEX[(value >>> 8) & 255]}${HEX[value & 255]}`;
}
