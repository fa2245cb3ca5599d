import type { SpanSummary } from "../../api/contract.js";
import { KindBadge } from "./kind-badge.js";

interface KindFilterProps {
  readonly spans: readonly SpanSummary[];
  readonly hidden: ReadonlySet<string>;
  readonly onChange: (hidden: ReadonlySet<string>) => void;
}

/** A button a kind; what is hidden gives its place to its children. */
export function KindFilter({ spans, hidden, onChange }: KindFilterProps) {
  const counts = new Map<string, number>();
  for (const { kind } of spans) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const toggle = (kind: string) => {
    const after = new Set(hidden);
    if (!after.delete(kind)) after.add(kind);
    onChange(after);
  };
  return (
    <fieldset class="kind-filter">
      <legend class="visually-hidden">Kinds shown</legend>
      {[...counts].map(([kind, count]) => (
        <button type="button" aria-pressed={!hidden.has(kind)} class="kind-button" onClick={() => toggle(kind)}>
          <KindBadge kind={kind} /> {count}
        </button>
      ))}
    </fieldset>
  );
}
