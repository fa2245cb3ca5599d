import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from "@tanstack/virtual-core";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

interface VirtualRowsProps {
  readonly count: number;
  /** px */
  readonly rowHeight: number;
  readonly row: (index: number) => ComponentChildren;
  readonly rowKey: (index: number) => string;
  /** Kept in view when it changes; null for none. */
  readonly selected: number | null;
  readonly label: string;
  readonly role: "list" | "tree";
  readonly class: string;
  readonly onEndReached?: () => void;
}

/** Only the rows in sight exist, however many there are. */
export function VirtualRows(properties: VirtualRowsProps) {
  const { count, rowHeight, row, rowKey, selected, label, role, onEndReached } = properties;
  const frame = useRef<HTMLDivElement>(null);
  const [, render] = useState(0);
  const options: VirtualizerOptions<HTMLDivElement, HTMLDivElement> = {
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    getItemKey: rowKey,
    overscan: 12,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => render((turn) => turn + 1),
  };
  const [virtualizer] = useState(() => new Virtualizer(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useEffect(() => {
    if (selected !== null) virtualizer.scrollToIndex(selected, { align: "auto" });
  }, [selected, virtualizer]);

  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (count > 0 && last >= count - 1) onEndReached?.();
  }, [last, count, onEndReached]);
  return (
    <div ref={frame} class={`virtual-rows ${properties.class}`} {...(role === "tree" && { tabIndex: 0 })}>
      <div
        {...{ role, "aria-label": label }}
        class="virtual-rows-content"
        style={{ height: `${virtualizer.getTotalSize()}px` }}
      >
        {rows.map(({ index, key, start }) => (
          <div
            key={String(key)}
            {...(role === "list" ? listItem(index, count) : { role: "none" as const })}
            class="virtual-row"
            style={{ transform: `translateY(${start}px)`, height: `${rowHeight}px` }}
          >
            {row(index)}
          </div>
        ))}
      </div>
    </div>
  );
}

function listItem(index: number, count: number) {
  return { role: "listitem", "aria-setsize": count, "aria-posinset": index + 1 } as const;
}
