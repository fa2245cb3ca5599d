import { useEffect, useRef } from "preact/hooks";
import { activeBindings } from "./keys.js";

const names: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** Every key that does something on the screen behind it. */
export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const keysOf = new Map<string, string[]>();
  for (const { key, label } of activeBindings()) {
    const keys = keysOf.get(label) ?? [];
    if (!keys.includes(key)) keysOf.set(label, [...keys, key]);
  }
  return (
    <dialog ref={dialog} class="key-list" aria-labelledby="key-list-title" onClose={onClose}>
      <h2 id="key-list-title">Keys</h2>
      <dl>
        {[...keysOf].map(([label, keys]) => (
          <div>
            <dt>
              {keys.map((key) => (
                <kbd>{names[key] ?? key}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" class="button">
          Close
        </button>
      </form>
    </dialog>
  );
}
