import type { TerminalSpan } from "./span.js";

export interface TreeNode {
  readonly span: TerminalSpan;
  readonly children: readonly TreeNode[];
}

/** One tree a root, oldest first. A span whose parent is not there is a root. */
export function buildTrees(spans: readonly TerminalSpan[]): readonly TreeNode[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const byParent = new Map<string, TerminalSpan[]>();
  for (const span of [...spans].sort((a, b) => a.startNs - b.startNs)) {
    const parent = ids.has(span.parentId) && span.parentId !== span.spanId ? span.parentId : "root";
    const siblings = byParent.get(parent);
    if (siblings === undefined) byParent.set(parent, [span]);
    else siblings.push(span);
  }
  const below = (parent: string): readonly TreeNode[] =>
    (byParent.get(parent) ?? []).map((span) => ({ span, children: below(span.spanId) }));
  return below("root");
}

/** The node and everything below it. */
export function flatten(node: TreeNode): readonly TerminalSpan[] {
  return [node.span, ...node.children.flatMap(flatten)];
}
