/** One link of the chain from a tag to the place where spans go. */
export interface Link {
  readonly name: string;
  readonly state: "ok" | "broken" | "unknown";
  /** What was found. */
  readonly finding: string;
  /** How to mend it; empty where nothing is to be done. */
  readonly fix: string;
}

export function ok(name: string, finding: string): Link {
  return { name, state: "ok", finding, fix: "" };
}

export function broken(name: string, finding: string, fix: string): Link {
  return { name, state: "broken", finding, fix };
}

/** Not proved, for a reason that is not a fault. */
export function unknown(name: string, finding: string, fix: string): Link {
  return { name, state: "unknown", finding, fix };
}
