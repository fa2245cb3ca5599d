import { useEffect, useRef } from "preact/hooks";

/** What a key does here. `key` is the `KeyboardEvent.key`. */
export interface KeyBinding {
  readonly key: string;
  readonly label: string;
  readonly run: () => void;
}

const active = new Set<{ readonly current: readonly KeyBinding[] }>();

/** Bindings of all screens shown, those mounted last first. */
export function activeBindings(): readonly KeyBinding[] {
  return [...active].reverse().flatMap((bindings) => bindings.current);
}

/** Binds keys while the component is mounted; they rest while something is typed or a dialog is open. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    active.add(latest);
    return () => {
      active.delete(latest);
    };
  }, []);
}

export function listenToKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
    if (isTyping(event) || document.querySelector("dialog[open]") !== null) return;
    // Enter and the space bar belong to what has the focus.
    if ((event.key === "Enter" || event.key === " ") && event.target instanceof HTMLElement && isControl(event.target))
      return;
    const binding = activeBindings().find(({ key }) => key === event.key);
    if (binding === undefined) return;
    event.preventDefault();
    binding.run();
  });
}

function isControl(element: HTMLElement): boolean {
  return element.closest("a, button, summary, select") !== null;
}

function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")) {
    if (key === "Escape") target.blur();
    return true;
  }
  return false;
}
