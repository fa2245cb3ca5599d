import type { AttributeName } from "./attributes.js";
import type { Expression } from "./expression.js";
import type { Kind } from "./kinds.js";
import type { Redaction } from "./redaction.js";

/** An attribute's value: text, an expression, the paths of `redact`, or nothing for a bare name. */
export type AttributeValue =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "bare" }
  | RedactionPaths
  | Expression;

/** What a `redact` attribute hides. */
export interface RedactionPaths {
  readonly type: "redaction";
  readonly compiled: Redaction;
  /** As written, from `start` to `end` of the file. */
  readonly paths: readonly PlacedPath[];
}

export interface PlacedPath {
  readonly text: string;
  readonly parts: readonly string[];
  readonly start: number;
  readonly end: number;
}

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
