import type { DiagnosticList } from "../diagnostics/diagnostic.js";
import { ATTRIBUTES, type AttributeName } from "../directive/attributes.js";
import type { AttributeValue } from "../directive/directive.js";
import type { Expression, Read } from "../directive/expression.js";
import { nearest } from "../directive/suggest.js";
import { headDeclarations } from "../scope/declarations.js";
import { namesInSight } from "../scope/resolve.js";
import { checkRedaction } from "./check-redaction.js";
import { type ExpressionPlace, faultOf } from "./expression-place.js";

/** What a tagged place says about its result; `none` names a place that never has one. */
export type ResultOfPlace = { readonly type: "value" } | { readonly type: "none"; readonly of: string };

/**
 * Reports everything about a tag's attributes that would go wrong at run time.
 * False when the place must be left alone.
 */
export function checkAttributes(
  attributes: ReadonlyMap<AttributeName, AttributeValue>,
  place: ExpressionPlace,
  result: ResultOfPlace,
  diagnostics: DiagnosticList,
): boolean {
  let isSound = checkRedaction(attributes, place, diagnostics);
  for (const [attribute, value] of attributes) {
    if (value.type !== "expression") continue;
    for (const read of firstReads(value)) {
      if (read.what === "name" && read.text === "result") {
        isSound = checkResult(attribute, read, place, result, diagnostics) && isSound;
      } else {
        isSound = checkRead(attribute, read, place, diagnostics) && isSound;
      }
    }
  }
  return isSound;
}

/** Each name once: its other uses would say the same. */
function firstReads({ reads }: Expression): readonly Read[] {
  const seen = new Set<string>();
  return reads.filter(({ text }) => !seen.has(text) && seen.add(text));
}

function checkRead(word: AttributeName, read: Read, place: ExpressionPlace, diagnostics: DiagnosticList): boolean {
  const { text, start, end } = read;
  const fault = faultOf(read, place);
  switch (fault?.type) {
    case undefined:
      return true;
    case "undeclared":
      diagnostics.add("LLMOBS1040", start, end, { name: text, word, suggestion: suggestion(text, place) });
      return false;
    case "of the body":
      diagnostics.add("LLMOBS1041", start, end, { name: text, word });
      return false;
    case "type":
      diagnostics.add("LLMOBS1042", start, end, { name: text, word });
      return false;
    case "out of place":
      diagnostics.add("LLMOBS1043", start, end, { name: text, word, reason: fault.reason });
      return false;
  }
}

function suggestion(name: string, { path, fn }: ExpressionPlace): string {
  const meant = nearest(name, [...namesInSight(path, fn), "result"]);
  if (meant !== undefined) return `Did you mean \`${meant}\`?`;
  return `Declare it, or write /* global ${name} */ in the file if it is there at run time.`;
}

function checkResult(
  word: AttributeName,
  { start, end }: Read,
  { fn }: ExpressionPlace,
  result: ResultOfPlace,
  diagnostics: DiagnosticList,
): boolean {
  if (result.type === "none") {
    diagnostics.add("LLMOBS1045", start, end, { word, what: result.of });
    return false;
  }
  if (ATTRIBUTES[word].inherited) {
    diagnostics.add("LLMOBS1044", start, end, { word });
    return false;
  }
  if (fn !== undefined && headDeclarations(fn).get("result") === "value") {
    diagnostics.add("LLMOBS1046", start, end, { word });
  }
  return true;
}
