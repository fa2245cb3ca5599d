/** What generated code calls in a browser: everything runs as it was written. */

import type { OpenCall } from "../compiled.js";
import type { AttributesThunk } from "../compiled-span.js";
import type { AttributeName, Site, SiteDefinition } from "../site.js";
import { type Call, type Lookup, tracedCall, tracedMemberCall } from "../traced-calls.js";

export type { OpenCall } from "../compiled.js";
export { superOf } from "../super-of.js";

export function site(definition: SiteDefinition, atEnd: readonly AttributeName[] = []): Site {
  return { ...definition, atEnd };
}

export function run<Result>(_at: Site, _input: unknown, body: () => Result): Result {
  return body();
}

export function call(
  at: Site,
  attributes: AttributesThunk | null,
  callee: unknown,
  receiver?: unknown,
): Call | undefined {
  return tracedCall(null, at, attributes, callee, receiver);
}

export function callMember(
  at: Site,
  attributes: AttributesThunk | null,
  object: unknown,
  lookup: Lookup,
  ...more: readonly Lookup[]
): Call | undefined {
  return tracedMemberCall(null, at, attributes, object, lookup, more);
}

const UNTRACED: OpenCall = {
  run: (body) => body(),
  ok: (value) => value,
  err: (thrown) => thrown,
};

export function open(_at: Site): OpenCall {
  return UNTRACED;
}

export function generator<Body>(_at: Site, _input: unknown, body: Body): Body {
  return body;
}

export function asyncGenerator<Body>(_at: Site, _input: unknown, body: Body): Body {
  return body;
}
