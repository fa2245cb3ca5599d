import type { Site } from "../site.js";

const encoded = new WeakMap<Site, string>();

/** Members of the one key of ours in an event: where the compiler found the span. Encoded once a site. */
export function sourcePlace(site: Site): string {
  const known = encoded.get(site);
  if (known !== undefined) return known;
  const { id, file, line, column, function: name } = site;
  const text = JSON.stringify({ site: id, file, line, column, function: name }).slice(1, -1);
  encoded.set(site, text);
  return text;
}
