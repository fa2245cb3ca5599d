import { useEffect, useRef } from "preact/hooks";
import { closeOutside } from "./filter-menu.js";

interface RangeMenuProps {
  readonly label: string;
  readonly unit: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly onChange: (from: number | undefined, to: number | undefined) => void;
}

/** A lower and an upper bound, each may be left out. */
export function RangeMenu({ label, unit, from, to, onChange }: RangeMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => closeOutside(menu.current), []);
  return (
    <details class="filter-menu" ref={menu}>
      <summary class="button">
        {label}
        {(from !== undefined || to !== undefined) && <span class="filter-count">1</span>}
      </summary>
      <fieldset class="filter-choices">
        <legend class="visually-hidden">{label}</legend>
        <label>
          <span>at least</span>
          <input
            type="number"
            min="0"
            value={from ?? ""}
            onChange={({ currentTarget }) => onChange(numberIn(currentTarget.value), to)}
          />
          <span class="quiet">{unit}</span>
        </label>
        <label>
          <span>at most</span>
          <input
            type="number"
            min="0"
            value={to ?? ""}
            onChange={({ currentTarget }) => onChange(from, numberIn(currentTarget.value))}
          />
          <span class="quiet">{unit}</span>
        </label>
      </fieldset>
    </details>
  );
}

function numberIn(text: string): number | undefined {
  return text.trim() === "" || !Number.isFinite(Number(text)) ? undefined : Number(text);
}
