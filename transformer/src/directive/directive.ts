import type { AttributeName } from "./attributes.js";
import type { Expression } from "./expression.js";
import type { Kind } from "./kinds.js";

/** An attribute's value: text, an expression, or true for a bare name. */
export type AttributeValue = { readonly type: "text"; readonly text: string } | { readonly type: "bare" } | Expression;

/** What one tag says. */
export type Directive =
  | { readonly type: "trace"; readonly kind: Kind; readonly attributes: ReadonlyMap<AttributeName, AttributeValue> }
  | { readonly type: "ignore" }
  | { readonly type: "ignore-file" }
  /** The tag has an error, which has been reported; the site is skipped. */
  | { readonly type: "invalid" };

/** A directive with its place in the file: `start` and `end` bound `@llmobs <word>`. */
export interface PlacedDirective {
  readonly directive: Directive;
  readonly start: number;
  readonly end: number;
  /** Behind the tag's last attribute; of a faulty tag, or one with a reason, behind its first line. */
  readonly tagEnd: number;
}
