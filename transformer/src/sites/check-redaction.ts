import { bindingNames } from "../binding-names.js";
import type { DiagnosticList } from "../diagnostics/diagnostic.js";
import type { AttributeName } from "../directive/attributes.js";
import type { AttributeValue } from "../directive/directive.js";
import { didYouMean, nearest } from "../directive/suggest.js";
import type { ExpressionPlace } from "./expression-place.js";

/**
 * Reports paths of `redact` that hide nothing of the parameters. They may be meant
 * for the output, so it is an error only where none is captured. False for an error.
 */
export function checkRedaction(
  attributes: ReadonlyMap<AttributeName, AttributeValue>,
  { fn }: ExpressionPlace,
  diagnostics: DiagnosticList,
): boolean {
  const value = attributes.get("redact");
  // Of an input that the tag gives itself nobody knows the keys.
  if (value?.type !== "redaction" || fn === undefined || isGiven(attributes.get("input"))) return true;
  const parameters = fn.params.flatMap((parameter) => bindingNames(parameter));
  let isSound = true;
  for (const { text: path, parts, start, end } of value.paths) {
    const [name = ""] = parts;
    if (name.startsWith("*") || parameters.includes(name)) continue;
    if (isOff(attributes.get("output"))) {
      const suggestion = parameters.length === 0 ? "There are no parameters." : didYouMean(name, parameters);
      diagnostics.add("LLMOBS1048", start, end, { name, path, suggestion });
      isSound = false;
    } else {
      const parameter = nearest(name, parameters);
      if (parameter !== undefined) diagnostics.add("LLMOBS1047", start, end, { name, path, parameter });
    }
  }
  return isSound;
}

function isGiven(value: AttributeValue | undefined): boolean {
  return value !== undefined && value.type !== "bare";
}

function isOff(value: AttributeValue | undefined): boolean {
  return value?.type === "expression" && value.text === "false";
}
