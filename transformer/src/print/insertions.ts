import type { BodyRewriting, CallRewriting, Plan } from "../rewrite/plan.js";
import { lookupTemplate } from "../rewrite/templates.js";

/** A text to put at an offset. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Of those at one offset, what closes comes before the header, and that before what opens. */
type Order = "closes" | "header" | "opens";

const ORDER: Readonly<Record<Order, number>> = { closes: 0, header: 1, opens: 2 };

interface OrderedInsertion extends Insertion {
  readonly order: Order;
  /** The other end of what is opened or closed: it tells what is inside of what. */
  readonly reach: number;
}

/** Everything a plan puts into a text, in the order in which it is to stand there. */
export function insertions(plan: Plan, header: string): readonly Insertion[] {
  const all: OrderedInsertion[] = [{ at: plan.headerAt, text: header, order: "header", reach: 0 }];
  for (const rewriting of plan.rewritings) {
    all.push(...(rewriting.type === "call" ? aroundCallee(rewriting) : aroundBody(rewriting)));
  }
  // Of two that open at one offset the longer is outside, of two that close the later begun is inside.
  return all.sort((a, b) => a.at - b.at || ORDER[a.order] - ORDER[b.order] || b.reach - a.reach);
}

function aroundBody({
  start,
  end,
  openAt,
  open,
  closeAt,
  close,
  renamings,
}: BodyRewriting): readonly OrderedInsertion[] {
  const keys = renamings.flatMap(({ end: at, name, isShorthand }): OrderedInsertion[] =>
    isShorthand ? [{ at, text: `: ${name}`, order: "closes", reach: at }] : [],
  );
  if (openAt === closeAt) return [...keys, { at: openAt, text: open + close, order: "opens", reach: end }];
  return [
    ...keys,
    { at: openAt, text: open, order: "opens", reach: end },
    { at: closeAt, text: close, order: "closes", reach: start },
  ];
}

function aroundCallee(rewriting: CallRewriting): readonly OrderedInsertion[] {
  const { calleeStart, calleeEnd, open, lookups, object, close, skipAt } = rewriting;
  const lookup = lookupTemplate(object, object);
  return [
    { at: calleeStart, text: open, order: "opens", reach: calleeEnd },
    ...lookups.map((at): OrderedInsertion => ({ at, text: lookup, order: "closes", reach: calleeStart })),
    { at: calleeEnd, text: close, order: "closes", reach: calleeStart },
    ...(skipAt === undefined ? [] : [{ at: skipAt, text: "?.", order: "closes", reach: calleeStart - 1 } as const]),
  ];
}
