import type { SpanSummary } from "../../api/contract.js";

/** A span at its place in the tree. */
export interface SpanNode {
  readonly span: SpanSummary;
  readonly children: readonly SpanNode[];
  /** Its parent has not come, or is its own descendant: it stands at the top with a mark. */
  readonly orphan: boolean;
}

interface GrowingNode extends SpanNode {
  readonly children: GrowingNode[];
}

/** One line of the tree as shown. */
export interface SpanRow {
  readonly span: SpanSummary;
  readonly depth: number;
  readonly orphan: boolean;
  readonly childCount: number;
  readonly open: boolean;
}

/**
 * Builds the tree of spans in any order. Whatever parents they claim, each span stands in it exactly once: a span whose
 * parent is missing, or that is its own ancestor, becomes a root.
 */
export function spanTree(spans: readonly SpanSummary[]): readonly SpanNode[] {
  const known = new Map(spans.map((span) => [span.spanId, span]));
  const childrenOf = new Map<string, SpanSummary[]>();
  const tops: SpanSummary[] = [];
  for (const span of known.values()) {
    if (span.parentId === null || !known.has(span.parentId)) {
      tops.push(span);
      continue;
    }
    const siblings = childrenOf.get(span.parentId);
    if (siblings === undefined) childrenOf.set(span.parentId, [span]);
    else siblings.push(span);
  }
  const built = new Set<string>();
  const grow = (top: SpanSummary): SpanNode => {
    const root: GrowingNode = { span: top, children: [], orphan: top.parentId !== null };
    built.add(top.spanId);
    // A list instead of recursion: traces may be deeper than the stack.
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const child of (childrenOf.get(node.span.spanId) ?? []).sort(byStart)) {
        if (built.has(child.spanId)) continue;
        const grown: GrowingNode = { span: child, children: [], orphan: false };
        built.add(child.spanId);
        node.children.push(grown);
        open.push(grown);
      }
    }
    return root;
  };
  const roots = tops.sort(byStart).map(grow);
  for (const span of known.values()) if (!built.has(span.spanId)) roots.push(grow(span));
  return roots;
}

function byStart(one: SpanSummary, other: SpanSummary): number {
  return one.startMs - other.startMs;
}

/**
 * The lines to show. Children of a closed span are left out; a span of a hidden kind is left out and its children take
 * its place.
 */
export function spanRows(
  roots: readonly SpanNode[],
  closed: ReadonlySet<string>,
  isHidden: (span: SpanSummary) => boolean,
): readonly SpanRow[] {
  const rows: SpanRow[] = [];
  const pending = roots.map((node) => ({ node, depth: 0 })).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, depth } = next;
    const hidden = isHidden(node.span);
    const open = hidden || !closed.has(node.span.spanId);
    if (!hidden) {
      const { span, orphan, children } = node;
      rows.push({ span, depth, orphan, childCount: children.length, open });
    }
    if (!open) continue;
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child !== undefined) pending.push({ node: child, depth: hidden ? depth : depth + 1 });
    }
  }
  return rows;
}
