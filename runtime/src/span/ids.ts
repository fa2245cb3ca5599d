/**
 * 32 random bits as a signed number, which V8 keeps without allocating. From its own
 * generator, as in OpenTelemetry's SDK: ids must differ, not be secret.
 */
export function random32(): number {
  return (Math.random() * 2 ** 32) | 0;
}

/** 2^64 is 18446744073709551616: whatever its last ten digits are, a number below these is smaller. */
const HIGHEST_DIGITS = 1_844_674_407;

/** Writes numbers, one after the other. */
export interface DigitWriter {
  /** Decimal, with zeros before it up to `digits`. */
  digits(value: number, digits: number): void;
  /** 8 hex digits of an unsigned 32-bit number. */
  hex(value: number): void;
}

/** An unsigned 64-bit number in decimal, the wire's form of a span id, out of two random 32-bit ones. */
export function decimalId(high: number, low: number): string {
  return `${highDigits(high)}${String(low >>> 0).padStart(10, "0")}`;
}

export function writeDecimalId(writer: DigitWriter, high: number, low: number): void {
  writer.digits(highDigits(high), 1);
  writer.digits(low >>> 0, 10);
}

function highDigits(high: number): number {
  return 1 + ((high >>> 0) % (HIGHEST_DIGITS - 1));
}

/** 32 lower-case hex digits: 8 of unix seconds, 8 zeros, 16 random (captured from dd-trace 6.21). */
export function traceId(startMs: number, high: number, low: number): string {
  return `${hex32(Math.floor(startMs / 1000))}00000000${hex32(high)}${hex32(low)}`;
}

export function writeTraceId(writer: DigitWriter, startMs: number, high: number, low: number): void {
  writer.hex(Math.floor(startMs / 1000));
  writer.hex(0);
  writer.hex(high);
  writer.hex(low);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hex32(value: number): string {
  return `${HEX[value >>> 24]}${HEX[(value >>> 16) & 255]}${HEX[(value >>> 8) & 255]}${HEX[value & 255]}`;
}
