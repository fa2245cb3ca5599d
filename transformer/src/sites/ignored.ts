import type { Node } from "oxc-parser";
import { unwrap, walk } from "../ast.js";
import type { AttachedDirective } from "./attach.js";

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What `ignore` silences: all that begins behind its comment, or the function that it is found to stand before. */
export function ignoredRanges(program: Node, attached: readonly AttachedDirective[]): readonly Range[] {
  return attached.flatMap(({ directive, anchor, target }) => {
    if (directive.type !== "ignore") return [];
    const behind = outermostAt(program, anchor);
    return [
      ...(behind === undefined ? [] : [behind]),
      ...(target !== undefined && "path" in target ? [target.path.node] : []),
    ];
  });
}

/** Whether a call stands directly behind a comment; awaited or made with `new`, it is one too. */
export function beginsCall(program: Node, offset: number): boolean {
  const behind = outermostAt(program, offset);
  const node = behind === undefined ? undefined : unwrap(behind);
  const inner = node?.type === "AwaitExpression" ? unwrap(node.argument) : node;
  const made = inner?.type === "ChainExpression" ? inner.expression : inner;
  return made?.type === "CallExpression" || made?.type === "NewExpression";
}

function outermostAt(program: Node, offset: number): Node | undefined {
  let found: Node | undefined;
  walk(program, ({ node }) => {
    if (node !== program && node.start === offset) found ??= node;
    return found === undefined && node.start <= offset && offset < node.end;
  });
  return found;
}
