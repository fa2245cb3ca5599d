import type { BlockStatement, CallExpression } from "oxc-parser";
import type { FunctionNode, Path } from "../ast.js";
import type { AttributeName } from "../directive/attributes.js";
import type { AttributeValue } from "../directive/directive.js";
import type { Returns } from "./body.js";
import type { CalledThing } from "./callee.js";
import type { OwnArguments } from "./generator-body.js";
import type { Site } from "./site.js";

/** A site with what is needed to rewrite it. */
export type FoundSite = FoundFunction | FoundCall | FoundBlock;

interface Found {
  readonly site: Site;
  readonly path: Path;
  readonly attributes: ReadonlyMap<AttributeName, AttributeValue>;
}

export interface FoundFunction extends Found {
  readonly type: "function";
  readonly node: FunctionNode;
  /** Where a generator's body names its `arguments`. */
  readonly ownArguments: readonly OwnArguments[];
  /** A generator's body needs its `arguments`, or its `super`. */
  readonly lendsArguments: boolean;
  readonly lendsSuper: boolean;
  /** Parameters whose value must be carried into the thunk; see `findRedeclared`. */
  readonly redeclared: readonly string[];
}

export interface FoundCall extends Found {
  readonly type: "call";
  readonly node: CallExpression;
  readonly callee: CalledThing;
  readonly returns: Returns;
}

export interface FoundBlock extends Found {
  readonly type: "block";
  readonly node: BlockStatement;
  /** It waits, so it runs as a function that does. */
  readonly isAsync: boolean;
}
