import { type Fields, fields, isFields, list } from "../span/fields.js";

/** The events of an SDK's request: a list of envelopes, or one, each with `spans`. */
export function eventsOfEnvelopes(body: unknown): readonly Fields[] {
  return (Array.isArray(body) ? body : [body]).flatMap((envelope) => list(fields(envelope).spans).filter(isFields));
}
