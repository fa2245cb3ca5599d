import { state } from "../state.js";
import { UNCONSUMED } from "./notes.js";

/** A span that ends when somebody has read a stream, run a generator to its end or awaited a thenable. */
export interface Waiting {
  /** Ends the span without that; `note` says why. Never throws. Must not lead to what is waited for. */
  end(note: string): void;
}

const forgotten = new FinalizationRegistry<Waiting>((waiting) => {
  if (state.waiting.delete(waiting)) waiting.end(UNCONSUMED);
});

/**
 * Keeps an eye on what a span waits for: when nobody can reach it any more, or
 * the program ends, the span ends too. The result takes it off the list.
 */
export function waitFor(target: object, waiting: Waiting): () => void {
  state.waiting.add(waiting);
  forgotten.register(target, waiting, waiting);
  return () => {
    state.waiting.delete(waiting);
    forgotten.unregister(waiting);
  };
}

/** Ends every span that still waits: the program is about to end. */
export function endWaiting(): void {
  for (const waiting of [...state.waiting]) {
    state.waiting.delete(waiting);
    waiting.end(UNCONSUMED);
  }
}
