// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII as a whole
const NOT_ASCII = /[^\u0000-\u007f]/g;

/** JSON with every other unit escaped, so that its length is its size in bytes; as captured from dd-trace 6.21. */
export function toAscii(json: string): string {
  // Most events are ASCII already, and counting bytes is faster than looking at each unit.
  if (typeof Buffer === "function" && Buffer.byteLength(json) === json.length) return json;
  return json.replace(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
