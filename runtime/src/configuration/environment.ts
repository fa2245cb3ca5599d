/** The process's environment, as `process.env` is. Read once, never watched. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The trimmed value; a variable that is empty or blank counts as not set. */
export function readText(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === "" ? undefined : value;
}

/** "true" and "1" are true, "false" and "0" are false in any case; anything else says nothing. */
export function readBoolean(environment: Environment, name: string): boolean | undefined {
  switch (environment[name]?.trim().toLowerCase()) {
    case "true":
    case "1":
      return true;
    case "false":
    case "0":
      return false;
    default:
      return undefined;
  }
}

/**
 * Tags as Datadog writes them in `DD_TAGS`: `k:v,k2:v2`, or separated by white
 * space when there is no comma. Only the first colon parts key from value; a
 * bare word is a key without a value.
 */
export function readTags(environment: Environment, name: string): Array<readonly [key: string, value: string]> {
  const text = readText(environment, name);
  if (text === undefined) return [];
  const tags: Array<readonly [string, string]> = [];
  for (const part of text.split(text.includes(",") ? "," : /\s+/)) {
    const colon = part.indexOf(":");
    const key = (colon < 0 ? part : part.slice(0, colon)).trim();
    if (key !== "") tags.push([key, colon < 0 ? "" : part.slice(colon + 1).trim()]);
  }
  return tags;
}
