import type { BlockStatement, CallExpression } from "oxc-parser";
import type { FunctionNode, Path } from "../ast.js";

/** What a tag may stand before, and what becomes of it. */
export type Target =
  | FunctionTarget
  | CallTarget
  | BlockTarget
  /** A signature without body: the implementation is traced in its place. */
  | { readonly type: "overload"; readonly name: string; readonly path: Path }
  | { readonly type: "no-body"; readonly what: string }
  | { readonly type: "several-declarators" }
  | { readonly type: "other"; readonly what: string };

export interface FunctionTarget {
  readonly type: "function";
  readonly node: FunctionNode;
  readonly path: Path;
  /** Where people look for it: its keyword, its key, its declarator. */
  readonly start: number;
}

export interface CallTarget {
  readonly type: "call";
  readonly node: CallExpression;
  readonly path: Path;
}

export interface BlockTarget {
  readonly type: "block";
  readonly node: BlockStatement;
  readonly path: Path;
}
