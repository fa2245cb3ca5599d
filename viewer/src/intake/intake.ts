import type { EvaluationRow } from "../evaluation/evaluation-row.js";
import type { SpanRow } from "../span/span-row.js";
import type { Store } from "../store/store.js";

const MOST_SPANS = 1500;
const MOST_CHARACTERS = 8 << 20;

interface Entry {
  readonly spans: readonly SpanRow[];
  readonly evaluations: readonly EvaluationRow[];
  readonly characters: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes what requests and files bring: one batch at a time, each of all that waits. */
export class Intake {
  readonly #store: Store;
  readonly #changed: (traceIds: readonly string[]) => void;
  #waiting: Entry[] = [];
  #writing: Promise<void> | undefined;

  constructor(store: Store, changed: (traceIds: readonly string[]) => void) {
    this.#store = store;
    this.#changed = changed;
  }

  /** Resolves once all of it is committed. */
  add(spans: readonly SpanRow[], evaluations: readonly EvaluationRow[]): Promise<void> {
    if (spans.length === 0 && evaluations.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const characters = spans.reduce((sum, { event }) => sum + event.length, 0);
      this.#waiting.push({ spans, evaluations, characters, resolve, reject });
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
    });
  }

  /** Resolves once nothing waits. */
  async idle(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  async #write(): Promise<void> {
    // Requests that arrive in the same turn share a batch.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const entries = this.#next();
      try {
        const traceIds = await this.#store.add({
          spans: entries.flatMap(({ spans }) => spans),
          evaluations: entries.flatMap(({ evaluations }) => evaluations),
        });
        for (const { resolve } of entries) resolve();
        this.#changed(traceIds);
      } catch (error) {
        for (const { reject } of entries) reject(error);
      }
    }
  }

  /** The first that waits, and those behind it that fit into the same batch. */
  #next(): readonly Entry[] {
    let spans = 0;
    let characters = 0;
    const beyond = this.#waiting.findIndex((entry) => {
      spans += entry.spans.length;
      characters += entry.characters;
      return spans > MOST_SPANS || characters > MOST_CHARACTERS;
    });
    return this.#waiting.splice(0, beyond < 0 ? this.#waiting.length : Math.max(1, beyond));
  }
}
