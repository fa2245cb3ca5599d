/**
 * Whether anyone but us decides what the signal does.
 *
 * The library signal-exit (below many command-line packages) listens only to
 * clean up, and raises the signal again if nobody else listens. It and we would
 * each wait for the other, so its listeners do not count. Both its generations
 * publish how many they have: v3 as `process.__signal_exit_emitter__.count`,
 * v4 under `Symbol.for("signal-exit emitter")`:
 * https://github.com/tapjs/signal-exit/blob/main/src/index.ts
 */
export function othersListen(signal: NodeJS.Signals): boolean {
  const cleaners =
    countOf(Reflect.get(process, "__signal_exit_emitter__")) +
    countOf(Reflect.get(globalThis, Symbol.for("signal-exit emitter")));
  return process.listenerCount(signal) - 1 - cleaners > 0;
}

function countOf(emitter: unknown): number {
  if (typeof emitter !== "object" || emitter === null || !("count" in emitter)) return 0;
  return typeof emitter.count === "number" ? emitter.count : 0;
}
