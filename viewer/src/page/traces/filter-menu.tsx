import { useEffect, useRef } from "preact/hooks";
import type { FacetValue } from "../../api/contract.js";
import { formatCount } from "../text/figures.js";
import { VisibleText } from "../text/visible-text.js";

interface FilterMenuProps {
  readonly label: string;
  readonly choices: readonly FacetValue[];
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
}

/** Values to tick, with how many traces each has. What is ticked stays listed when no trace has it any more. */
export function FilterMenu({ label, choices, chosen, onChoose }: FilterMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => closeOutside(menu.current), []);
  const gone = chosen.filter((value) => choices.every((choice) => choice.value !== value));
  const listed = [...choices, ...gone.map((value) => ({ value, count: 0 }))];
  return (
    <details class="filter-menu" ref={menu}>
      <summary class="button">
        {label}
        {chosen.length > 0 && <span class="filter-count">{chosen.length}</span>}
      </summary>
      <fieldset class="filter-choices">
        <legend class="visually-hidden">{label}</legend>
        {listed.length === 0 && <p class="quiet">Nothing to choose from</p>}
        {listed.map(({ value, count }) => (
          <label>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ currentTarget }) =>
                onChoose(currentTarget.checked ? [...chosen, value] : chosen.filter((other) => other !== value))
              }
            />
            <span class="filter-value">
              <VisibleText text={value} />
            </span>
            <span class="quiet">{formatCount(count)}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/** Closes an open menu when something else is used, or with Escape. */
export function closeOutside(menu: HTMLDetailsElement | null): (() => void) | undefined {
  if (menu === null) return undefined;
  const onPointer = ({ target }: Event) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.stopPropagation();
  };
  document.addEventListener("pointerdown", onPointer);
  menu.addEventListener("keydown", onKey);
  return () => {
    document.removeEventListener("pointerdown", onPointer);
    menu.removeEventListener("keydown", onKey);
  };
}
