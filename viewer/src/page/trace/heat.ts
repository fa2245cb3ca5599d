import type { SpanSummary } from "../../api/contract.js";
import type { SpanNode } from "./span-tree.js";

export type HeatMeasure = "time" | "cost";
/** 0 (cold) to 4 (hottest). */
export type Heat = 0 | 1 | 2 | 3 | 4;

const levels: readonly { readonly atLeast: number; readonly heat: Heat }[] = [
  { atLeast: 0.5, heat: 4 },
  { atLeast: 0.25, heat: 3 },
  { atLeast: 0.1, heat: 2 },
  { atLeast: 0.03, heat: 1 },
];

/** How much of the trace each span is by itself: its time without its children's, or its own cost. */
export function heatOf(roots: readonly SpanNode[], measure: HeatMeasure, now: number): ReadonlyMap<string, Heat> {
  const amounts = new Map<string, number>();
  let total = 0;
  const pending = [...roots];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const amount = measure === "time" ? ownTime(node, now) : ownCost(node.span);
    amounts.set(node.span.spanId, amount);
    total += amount;
    pending.push(...node.children);
  }
  const heats = new Map<string, Heat>();
  for (const [spanId, amount] of amounts) {
    const share = total === 0 ? 0 : amount / total;
    heats.set(spanId, levels.find(({ atLeast }) => share >= atLeast)?.heat ?? 0);
  }
  return heats;
}

function ownCost({ cost }: SpanSummary): number {
  return cost ?? 0;
}

/** The part of a span in which none of its children ran. */
function ownTime({ span, children }: SpanNode, now: number): number {
  const end = endOf(span, now);
  let own = end - span.startMs;
  let covered = span.startMs;
  for (const child of children) {
    const from = Math.max(covered, child.span.startMs);
    const to = Math.min(end, endOf(child.span, now));
    if (to > from) {
      own -= to - from;
      covered = to;
    }
  }
  return Math.max(0, own);
}

export function endOf(span: SpanSummary, now: number): number {
  return span.startMs + (span.durationMs ?? Math.max(0, now - span.startMs));
}
