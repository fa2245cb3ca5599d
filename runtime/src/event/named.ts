import type { Settings } from "../configuration/settings.js";
import { toAscii } from "../export/ascii.js";
import type { Site } from "../site.js";
import type { Span } from "../span/span.js";
import { asciiBytes } from "./escapes.js";
import { tagsText } from "./tags.js";

interface Known {
  readonly settings: Settings;
  readonly bytes: Uint8Array;
}

const known = new WeakMap<Site, Known>();

/** The members `name` and `tags`, each with a comma before it, which are the same for most spans of a site: encoded once then. */
export function named(span: Span, settings: Settings): Uint8Array {
  const { site } = span;
  if (site === undefined || !isPlain(span, site, settings)) return encode(span, settings);
  const found = known.get(site);
  if (found?.settings === settings) return found.bytes;
  const bytes = encode(span, settings);
  known.set(site, { settings, bytes });
  return bytes;
}

function isPlain({ name, annotation, error, sessionId, mlApp }: Span, site: Site, settings: Settings): boolean {
  return (
    error === undefined &&
    sessionId === undefined &&
    name === site.name &&
    mlApp === settings.mlApp &&
    (annotation === undefined || annotation.tags.size === 0)
  );
}

function encode(span: Span, settings: Settings): Uint8Array {
  return asciiBytes(toAscii(`,"name":${JSON.stringify(span.name)},"tags":[${tagsText(span, settings)}]`));
}
