import type { Node } from "oxc-parser";
import type { AnchoredDirective } from "../directive/find-directives.js";
import type { Target } from "./target.js";
import { type Claim, findTargets } from "./targets.js";

/** A directive with what it stands before, or undefined if that is nothing. */
export interface AttachedDirective extends AnchoredDirective {
  readonly target: Target | undefined;
}

/**
 * Finds each directive's target: of all claims on its anchor the narrowest.
 * TypeScript's own attachment is not used: it misses some places and gives one
 * tag to every declarator of a statement.
 */
export function attach(program: Node, directives: readonly AnchoredDirective[]): readonly AttachedDirective[] {
  const anchors = [...new Set(directives.map(({ anchor }) => anchor))].sort((a, b) => a - b);
  const best = new Map<number, Claim>();
  const holdsTag = (start: number, end: number) => (anchors[firstAtLeast(anchors, start)] ?? end + 1) <= end;
  findTargets(program, holdsTag, (claim) => {
    for (let index = firstAtLeast(anchors, claim.from); index < anchors.length; index++) {
      const anchor = anchors[index];
      if (anchor === undefined || anchor > claim.to) break;
      const inDecorator = claim.decorators.some(({ start, end }) => anchor > start && anchor < end);
      const rival = best.get(anchor);
      if (!inDecorator && (rival === undefined || claim.to - claim.from < rival.to - rival.from))
        best.set(anchor, claim);
    }
  });
  return directives.map((directive) => ({ ...directive, target: best.get(directive.anchor)?.target }));
}

function firstAtLeast(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
