import type { Kind } from "@llmobs/transformer";
import { ts } from "ts-morph";
import type { Peer } from "./peers.js";

/** A wrapper's options as a tag, with what could not be said in one. */
export interface TagOfOptions {
  readonly tag: string;
  readonly kind: Kind;
  readonly name: string | undefined;
  readonly lost: readonly string[];
}

/** Options that a tag has an attribute for. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  "modelName",
  "modelProvider",
  "sessionId",
  "mlApp",
  "metadata",
  "tags",
]);
const OBJECTS: ReadonlySet<string> = new Set(["metadata", "tags"]);
/** Options that hold what the runtime decides by itself. */
const WITHOUT_MEANING: ReadonlySet<string> = new Set(["asyncHooks", "tracingEnabled", "asString"]);

export function tagOf(options: ts.Expression | undefined, peer: Peer, kindOfWrapper: Kind | undefined): TagOfOptions {
  const lost: string[] = [];
  const attributes: string[] = [];
  let kind = kindOfWrapper ?? peer.defaultKind;
  let name: string | undefined;
  if (options !== undefined && !ts.isObjectLiteralExpression(options)) lost.push(options.getText());
  const properties = options !== undefined && ts.isObjectLiteralExpression(options) ? options.properties : [];
  for (const property of properties) {
    const key = property.name?.getText() ?? property.getText();
    const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    if (key === peer.kindOption && value !== undefined) {
      // `OpenInferenceSpanKind.AGENT` says it in its last word.
      const word = ts.isStringLiteralLike(value) ? value.text : (value.getText().split(".").at(-1) ?? "");
      const known = Object.hasOwn(peer.kinds, word) ? peer.kinds[word] : undefined;
      if (known === undefined) lost.push(property.getText());
      else kind = known;
    } else if (key === "name" && value !== undefined) {
      if (ts.isStringLiteralLike(value)) name = value.text;
      attributes.unshift(`name=${attributeValue(value)}`);
    } else if (
      ATTRIBUTES.has(key) &&
      value !== undefined &&
      (!OBJECTS.has(key) || ts.isObjectLiteralExpression(value))
    ) {
      attributes.push(`${key}=${attributeValue(value)}`);
    } else if (!WITHOUT_MEANING.has(key)) lost.push(property.getText());
  }
  return { tag: ["@llmobs", kind, ...attributes].join(" "), kind, name, lost };
}

function attributeValue(value: ts.Expression): string {
  if (ts.isStringLiteralLike(value) && !/["\n]|\*\//.test(value.text)) return `"${value.text}"`;
  return `{${value.getText()}}`;
}
