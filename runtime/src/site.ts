import type { Redaction } from "./capture/redact.js";
import type { SpanKind } from "./span/kinds.js";

/** Attributes of a tag that generated code passes on. */
export type AttributeName =
  | "name"
  | "sessionId"
  | "mlApp"
  | "modelName"
  | "modelProvider"
  | "input"
  | "output"
  | "metadata"
  | "metrics"
  | "tags"
  | "prompt"
  | "toolDefinitions";

/** What the compiler knows about a traced place. */
export interface SiteDefinition {
  readonly id: string;
  readonly kind: SpanKind;
  readonly name: string;
  /** Qualified function name; of a call or a block that of the function around it. */
  readonly function: string;
  /** Relative to the project, forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** `stored`: the very promise a plain function or a call returns is handed on; otherwise one derived from it. */
  readonly returns?: "stored";
  /** Of a call: what is called, for the error when it is no function. */
  readonly callee?: string;
  /** Of a call: written as `f?.()`. */
  readonly optional?: true;
  /** Of a call: left out where a `?.` before it finds nothing. */
  readonly chained?: true;
  /** Attributes given as text; `false` for `input={false}` and `output={false}`. */
  readonly constants?: Readonly<Partial<Record<AttributeName, string | false>>>;
  readonly redact?: Redaction;
}

/** A traced place, made once a process. */
export interface Site extends SiteDefinition {
  /** Computed attributes that wait for the function's end. */
  readonly atEnd: readonly AttributeName[];
}

/** The computed attributes of a call: each a thunk, those at the end given the result. */
export type ComputedAttributes = Readonly<Partial<Record<AttributeName, (result?: unknown) => unknown>>>;
