import { toAscii } from "../export/ascii.js";
import type { Site } from "../site.js";
import { asciiBytes } from "./escapes.js";

const encoded = new WeakMap<Site, string>();

/** Members of the one key of ours in an event: where the compiler found the span. In ASCII, encoded once a site. */
export function sourcePlace(site: Site): string {
  const known = encoded.get(site);
  if (known !== undefined) return known;
  const { id, file, line, column, function: name } = site;
  const text = toAscii(JSON.stringify({ site: id, file, line, column, function: name }).slice(1, -1));
  encoded.set(site, text);
  return text;
}

const alone = new WeakMap<Site, Uint8Array>();

/** The member `metadata` of a span that has no other, a comma before it. Encoded once a site. */
export function placeAsMetadata(site: Site): Uint8Array {
  const known = alone.get(site);
  if (known !== undefined) return known;
  const bytes = asciiBytes(`,"metadata":{"_llmobs":{${sourcePlace(site)}}}`);
  alone.set(site, bytes);
  return bytes;
}
