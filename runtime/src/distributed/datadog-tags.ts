import { PROPAGATED_KEYS, type Propagated, type PropagatedKey } from "./propagated-keys.js";

const PREFIX = "_dd.p.";

/**
 * The value of `x-datadog-tags`: `_dd.p.key=value`, separated by commas. What the
 * header held of others stays. Beyond the limit the least important of ours is
 * left out, and so is a value that a header can't hold.
 */
export function writeDatadogTags(values: Propagated, others: readonly string[], maxLength: number): string {
  const entries = PROPAGATED_KEYS.flatMap((key) => {
    const value = values[key];
    return value !== undefined && isPlain(value) ? [`${PREFIX}${key}=${value}`] : [];
  });
  // An agent's name is of no use without its id, nor a decision without its rate; neither comes first.
  while (entries.length > 0 && [...others, ...entries].join().length > maxLength) dropLeast(entries);
  return [...others, ...entries].join();
}

/** What of a header is not ours. */
export function otherTags(header: string): readonly string[] {
  return header.split(",").filter((entry) => entry !== "" && !entry.startsWith(`${PREFIX}llmobs_`));
}

/** The value of any key in the header, such as `_dd.p.tid`. */
export function readTag(header: string, key: string): string | undefined {
  const entry = header.split(",").find((each) => each.startsWith(`${key}=`));
  return entry?.slice(key.length + 1);
}

export function readDatadogTags(header: string): Propagated {
  const values: Partial<Record<PropagatedKey, string>> = {};
  for (const key of PROPAGATED_KEYS) {
    const value = readTag(header, PREFIX + key);
    if (value) values[key] = value;
  }
  return values;
}

/** From the end of the list, but the trace's id after everything beside the parent's. */
function dropLeast(entries: string[]): void {
  const isKept = (entry: string) => /^_dd\.p\.llmobs_(?:parent|trace)_id=/.test(entry);
  const last = entries.findLastIndex((entry) => !isKept(entry));
  entries.splice(last >= 0 ? last : entries.length - 1, 1);
}

/** Printable ASCII without the comma that separates entries. */
function isPlain(value: string): boolean {
  return /^[\x20-\x2b\x2d-\x7e]*$/.test(value);
}
