import { ATTRIBUTES, type AttributeName } from "../directive/attributes.js";
import type { AttributeValue } from "../directive/directive.js";
import type { Redaction } from "../directive/redaction.js";
import { classifyReturns } from "../sites/body.js";
import { calleeText } from "../sites/callee.js";
import type { FoundCall, FoundSite } from "../sites/found-site.js";

type Attributes = ReadonlyMap<AttributeName, AttributeValue>;

/**
 * The constant of a site in generated code: the argument of the runtime's
 * `site()`. Everything known at build time is here and costs nothing at run time.
 */
export function siteDefinition(found: FoundSite, source: string): string {
  const { site, attributes } = found;
  const { id, kind, name, function: qualified, file, line, column } = site;
  return JSON.stringify({
    id,
    kind,
    name,
    function: qualified,
    file,
    line,
    column,
    ...(handsOnStored(found) ? { returns: "stored" } : {}),
    ...(found.type === "call" ? callFacts(found, source) : {}),
    ...constants(attributes),
    ...redaction(attributes),
  });
}

function callFacts({ node, callee }: FoundCall, source: string) {
  return {
    callee: calleeText(node.callee, source),
    ...(node.optional ? { optional: true } : {}),
    ...(callee.type === "member" && callee.mayBeLeftOut ? { chained: true } : {}),
  };
}

/** Whether the very promise that comes out must be handed on. */
function handsOnStored(found: FoundSite): boolean {
  switch (found.type) {
    case "function":
      return !found.node.async && classifyReturns(found.node) === "stored";
    case "call":
      return found.returns === "stored";
    case "block":
      return false;
  }
}

function constants(attributes: Attributes): { readonly constants?: Readonly<Record<string, string | false>> } {
  const known: Record<string, string | false> = {};
  for (const [name, value] of attributes) {
    if (name === "name") continue;
    if (value.type === "text") known[name] = value.text;
    else if (isSwitchedOff(name, value)) known[name] = false;
  }
  return Object.keys(known).length === 0 ? {} : { constants: known };
}

function redaction(attributes: Attributes): { readonly redact?: Redaction } {
  const value = attributes.get("redact");
  return value?.type === "redaction" ? { redact: value.compiled } : {};
}

function isSwitchedOff(name: AttributeName, value: AttributeValue): boolean {
  return (name === "input" || name === "output") && value.type === "expression" && value.text === "false";
}

interface Computed {
  readonly name: AttributeName;
  readonly text: string;
  readonly atEnd: boolean;
}

function computed(attributes: Attributes): readonly Computed[] {
  return [...attributes].flatMap(([name, value]) =>
    value.type === "expression" && !isSwitchedOff(name, value)
      ? [{ name, text: value.text, atEnd: ATTRIBUTES[name].atEnd || value.usesResult }]
      : [],
  );
}

/**
 * The attributes that are computed, as an object of thunks: each is called on its
 * own, so that one that throws costs itself only. Undefined without any.
 */
export function computedAttributes(attributes: Attributes): string | undefined {
  const thunks = computed(attributes).map(
    ({ name, text, atEnd }) => `${name}: ${atEnd ? "(result)" : "()"} => (${text})`,
  );
  return thunks.length === 0 ? undefined : `() => ({ ${thunks.join(", ")} })`;
}

/** Names of computed attributes that wait for the end; the runtime must know before it calls them. */
export function endAttributes(attributes: Attributes): readonly AttributeName[] {
  return computed(attributes).flatMap(({ name, atEnd }) => (atEnd ? [name] : []));
}
