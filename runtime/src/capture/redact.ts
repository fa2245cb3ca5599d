import type { Json } from "../json.js";
import { REDACTED } from "./sensitive-keys.js";

/** Where a step leads: another state, or to a value that is hidden. */
type Target = number | "hidden";

/** By the key of a step; `other` is for all keys that are not named. Where neither applies nothing below is hidden. */
export interface RedactionState {
  readonly keys: readonly (readonly [key: string, to: Target])[];
  readonly other?: Target;
}

/** What a tag's `redact` hides, compiled: paths are walked from the first state on. */
export type Redaction = "everything" | readonly RedactionState[];

/** Puts `"[redacted]"` in the place of all that is to be hidden. Changes the value, which must be a copy of our own. */
export function redact(value: Json, redaction: Redaction | undefined): Json {
  if (redaction === "everything") return REDACTED;
  if (redaction !== undefined) hideBelow(value, redaction, 0);
  return value;
}

function hideBelow(value: Json, states: readonly RedactionState[], at: number): void {
  const state = states[at];
  if (typeof value !== "object" || value === null || state === undefined) return;
  const { keys, other } = state;
  if (other === undefined) {
    for (const [key, to] of keys) if (holds(value, key)) follow(value, key, states, to);
    return;
  }
  for (const key of Object.keys(value)) {
    const named = keys.find(([name]) => name === key);
    follow(value, key, states, named === undefined ? other : named[1]);
  }
}

/** A list has a length too, which is no element of it. */
function holds(value: object, key: string): boolean {
  return Object.hasOwn(value, key) && !(key === "length" && Array.isArray(value));
}

function follow(value: object, key: string, states: readonly RedactionState[], to: Target): void {
  if (to === "hidden") Reflect.set(value, key, REDACTED);
  else hideBelow(Reflect.get(value, key), states, to);
}
