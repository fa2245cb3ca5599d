import type { LiveEvent, TraceFilter } from "../api/contract.js";
import type { Store } from "../store/store.js";

const EVERY_MS = 250;
/** More changed traces than this in one turn are not listed. */
const MOST_TRACES = 200;
const MOST_LISTENERS = 50;

interface Listener {
  readonly filter: TraceFilter;
  readonly send: (event: LiveEvent) => void;
}

/** Tells pages that listen which traces changed, a few times a second at most. */
export class Live {
  readonly #store: Store;
  readonly #listeners = new Set<Listener>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The result ends it; undefined where too many listen. */
  listen(filter: TraceFilter, send: (event: LiveEvent) => void): (() => void) | undefined {
    if (this.#listeners.size >= MOST_LISTENERS) return undefined;
    const listener = { filter, send };
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  changed(traceIds: readonly string[]): void {
    if (this.#listeners.size === 0 || traceIds.length === 0) return;
    if (this.#changed.size <= MOST_TRACES) for (const id of traceIds) this.#changed.add(id);
    this.#timer ??= setTimeout(() => void this.#tell(), EVERY_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  async #tell(): Promise<void> {
    const traceIds = [...this.#changed];
    this.#changed.clear();
    for (const { filter, send } of [...this.#listeners]) {
      if (traceIds.length > MOST_TRACES) {
        send({ type: "refresh" });
        continue;
      }
      const traces = await this.#store.summaries(filter, traceIds).catch(() => []);
      if (traces.length > 0) send({ type: "traces", traces });
    }
    this.#timer = undefined;
    if (this.#changed.size > 0) this.#timer = setTimeout(() => void this.#tell(), EVERY_MS);
  }
}
