import type { Site } from "../sites/site.js";
import type { ManifestAttributes } from "./attributes.js";

/** What one file adds to a manifest: its sites, and what a caller from anywhere finds in it. Holds no syntax tree. */
export interface ModuleOutline {
  /** Relative to the root, forward slashes. */
  readonly file: string;
  readonly sites: readonly OutlinedSite[];
  readonly units: readonly Unit[];
  /** By exported name; `export=` is a CommonJS module's whole value. */
  readonly exports: ReadonlyMap<string, Value>;
  /** Specifiers of `export * from`. */
  readonly exportsAllOf: readonly string[];
}

export interface OutlinedSite extends Site {
  readonly attributes: ManifestAttributes;
}

/** Code that runs as a whole: a function, or a traced call or block. */
export interface Unit {
  /** Id of its site, where it is traced. */
  readonly site: string | undefined;
  /** In the order they are run, as far as one text has one. */
  readonly steps: readonly Step[];
}

/** What running a unit may lead to. */
export type Step =
  /** Another unit written inside of it that runs when it does. */
  | { readonly type: "runs"; readonly unit: number }
  | { readonly type: "calls" | "constructs"; readonly value: Value }
  | { readonly type: "reads" | "writes"; readonly member: MemberValue };

/** What an expression is known to mean; names of other modules are looked up when all modules are known. */
export type Value =
  | { readonly type: "function"; readonly unit: number }
  | ObjectValue
  | ClassValue
  | { readonly type: "instance"; readonly of: Value }
  /** All that a module exports; without specifier the module's own. */
  | { readonly type: "module"; readonly specifier: string | undefined }
  | MemberValue;

export interface MemberValue {
  readonly type: "member";
  readonly of: Value;
  readonly name: string;
}

/** Members by name, private ones as `#name`, accessors as `get name` and `set name`. */
export type Members = ReadonlyMap<string, Value>;

export interface ObjectValue {
  readonly type: "object";
  readonly members: Members;
  /** Where other members come from: what was spread, or the value that was given more members. */
  readonly base: Value | undefined;
}

export interface ClassValue {
  readonly type: "class";
  readonly members: Members;
  readonly statics: Members;
  readonly base: Value | undefined;
  /** Unit of the constructor. */
  readonly construct: number | undefined;
}
