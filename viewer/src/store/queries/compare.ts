import type { CompareResponse, CompareRow, SpanSummary, TraceResponse } from "../../api/contract.js";

/** Two traces as one tree: children pair up by kind and name, in their order. */
export function compareTraces(left: TraceResponse, right: TraceResponse): CompareResponse {
  const lefts = childrenOf(left.spans);
  const rights = childrenOf(right.spans);
  const rows: CompareRow[] = [];
  // A stack, since a trace may be deeper than the call stack.
  const waiting: { depth: number; left: SpanSummary | null; right: SpanSummary | null }[] = [];
  const push = (depth: number, leftId: string | null, rightId: string | null) => {
    const pairs = pair(lefts.get(leftId ?? NONE) ?? [], rights.get(rightId ?? NONE) ?? []);
    for (const each of pairs.reverse()) waiting.push({ depth, ...each });
  };
  push(0, ROOT, ROOT);
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    rows.push(row);
    push(row.depth + 1, row.left?.spanId ?? null, row.right?.spanId ?? null);
  }
  return { left: left.trace, right: right.trace, rows };
}

/** No ids of spans: those hold no control characters. */
const ROOT = "\0";
const NONE = "\0\0";

/** By parent; the roots' is `ROOT`. What goes round in a circle has no root and is left out. */
function childrenOf(spans: readonly SpanSummary[]): ReadonlyMap<string, readonly SpanSummary[]> {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string, SpanSummary[]>();
  for (const span of spans) {
    const parent = span.parentId !== null && ids.has(span.parentId) ? span.parentId : ROOT;
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [span]);
    else known.push(span);
  }
  return children;
}

function pair(
  lefts: readonly SpanSummary[],
  rights: readonly SpanSummary[],
): { left: SpanSummary | null; right: SpanSummary | null }[] {
  const waiting = new Map<string, SpanSummary[]>();
  for (const span of rights) {
    const known = waiting.get(key(span));
    if (known === undefined) waiting.set(key(span), [span]);
    else known.push(span);
  }
  const paired = lefts.map((left) => ({ left, right: waiting.get(key(left))?.shift() ?? null }));
  const alone = [...waiting.values()].flat();
  return [...paired, ...alone.map((right) => ({ left: null, right }))];
}

function key({ kind, name }: SpanSummary): string {
  return `${kind} ${name}`;
}
