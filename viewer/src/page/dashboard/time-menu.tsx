import { useEffect, useRef } from "preact/hooks";
import { formatTime } from "../text/figures.js";
import { closeOutside } from "../traces/filter-menu.js";
import { fromLocalInput, timeRanges, toLocalInput } from "./time-range.js";

interface TimeMenuProps {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly onChange: (from: number | undefined, to: number | undefined) => void;
}

/** A span of time: one of the usual ones up to now, or two moments of the reader's choice. */
export function TimeMenu({ from, to, onChange }: TimeMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => closeOutside(menu.current), []);
  const choose = (start: number | undefined, end: number | undefined) => {
    if (menu.current !== null) menu.current.open = false;
    onChange(start, end);
  };
  return (
    <details class="filter-menu" ref={menu}>
      <summary class="button">{describe(from, to)}</summary>
      <fieldset class="filter-choices">
        <legend class="visually-hidden">Time</legend>
        <button type="button" class="choice" onClick={() => choose(undefined, undefined)}>
          Any time
        </button>
        {timeRanges.map(({ label, length }) => (
          <button type="button" class="choice" onClick={() => choose(Date.now() - length, undefined)}>
            {label}
          </button>
        ))}
        <label>
          <span>from</span>
          <input
            type="datetime-local"
            step="1"
            value={toLocalInput(from)}
            onChange={({ currentTarget }) => onChange(fromLocalInput(currentTarget.value), to)}
          />
        </label>
        <label>
          <span>to</span>
          <input
            type="datetime-local"
            step="1"
            value={toLocalInput(to)}
            onChange={({ currentTarget }) => onChange(from, fromLocalInput(currentTarget.value))}
          />
        </label>
      </fieldset>
    </details>
  );
}

function describe(from: number | undefined, to: number | undefined): string {
  if (from === undefined && to === undefined) return "Any time";
  if (to === undefined) return `Since ${formatTime(from ?? 0)}`;
  return `${from === undefined ? "Until" : `${formatTime(from)} –`} ${formatTime(to)}`;
}
