import type { Settings } from "../configuration/settings.js";
import { othersListen } from "./signal-listeners.js";

/** What the end of the process needs of a pipeline. No member ever throws or rejects. */
export interface LeavingPipeline {
  /** Records that are neither acknowledged nor given up. */
  readonly outstanding: number;
  /** Starts delivering what is queued, without waiting and without keeping the process. */
  hurry(): void;
  /** Resolves when nothing pushed before the call is outstanding, at the latest after `timeoutMs`; keeps the process until then. */
  drain(timeoutMs: number): Promise<void>;
  /**
   * Delivers synchronously what can be, gives up the rest, counts it and says so.
   * With `final`, what is pushed from now on is handled the same way.
   */
  leave(final: boolean): void;
  /** How long, in ms until now, one of our requests may have kept the process although the program was done. */
  heldMs(): number;
}

const SIGNALS: readonly NodeJS.Signals[] = ["SIGTERM", "SIGINT", "SIGHUP"];
/** Where no other way is left to end: 128 + the signal's number, as a shell reports it. */
const EXIT_CODES: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
/** A program that makes spans in `beforeExit` itself would otherwise never end. */
const MAX_DRAINS = 3;
const LISTENER_TURN_MS = 100;

let uninstallCurrent: (() => void) | undefined;

/**
 * Sees to it that spans leave before the process does, without changing when or
 * how it ends by more than the deadline: exit codes and signals stay the same.
 *
 * - `beforeExit`: waits for delivery, `shutdownTimeoutMs` at most.
 * - SIGTERM, SIGINT, SIGHUP: where the program does not listen itself, waits the
 *   same way and raises the signal again; a second signal ends the wait.
 * - `exit` (also `process.exit` and uncaught exceptions): what is synchronous.
 *
 * One set of listeners a process: a second call takes the place of the first.
 * In a worker thread signals never arrive, and the rest works the same.
 *
 * @returns takes the listeners away
 */
export function watchProcessExit(pipeline: LeavingPipeline, settings: Pick<Settings, "shutdownTimeoutMs">): () => void {
  uninstallCurrent?.();
  const { shutdownTimeoutMs } = settings;
  let budgetMs = shutdownTimeoutMs;
  let drains = 0;
  let waiting = false;

  // After the program's own listeners, which may make spans too.
  const onBeforeExit = (): void => process.nextTick(drainBeforeExit);

  const drainBeforeExit = (): void => {
    if (waiting || pipeline.outstanding === 0) return;
    if (drains++ === 0) budgetMs -= pipeline.heldMs();
    if (budgetMs <= 0 || drains > MAX_DRAINS) return;
    waiting = true;
    const started = performance.now();
    void pipeline.drain(budgetMs).then(() => {
      waiting = false;
      budgetMs -= performance.now() - started;
      // Also ends connection attempts that would go on holding the process.
      if (pipeline.outstanding > 0) pipeline.leave(false);
    });
  };

  const onExit = (): void => pipeline.leave(true);

  let signalled = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (othersListen(signal)) {
      pipeline.hurry();
      return;
    }
    const raise = (): void => {
      pipeline.leave(false);
      raiseAgain(signal, onSignal);
    };
    if (signalled || pipeline.outstanding === 0) {
      raise();
      return;
    }
    signalled = true;
    void pipeline.drain(shutdownTimeoutMs).then(raise);
  };

  const uninstall = (): void => {
    if (uninstallCurrent === uninstall) uninstallCurrent = undefined;
    process.off("beforeExit", onBeforeExit);
    process.off("exit", onExit);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  if (typeof process === "undefined" || typeof process.prependListener !== "function") return () => {};
  process.on("beforeExit", onBeforeExit);
  process.on("exit", onExit);
  // First in line, to count the program's `once` listeners before they are taken off.
  for (const signal of SIGNALS) process.prependListener(signal, onSignal);
  uninstallCurrent = uninstall;
  return uninstall;
}

function raiseAgain(signal: NodeJS.Signals, listener: NodeJS.SignalsListener): void {
  process.off(signal, listener);
  try {
    process.kill(process.pid, signal);
    // Where a clean-up listener remains, the signal comes around in the next turn: there must be one.
    if (process.listenerCount(signal) > 0) setTimeout(() => {}, LISTENER_TURN_MS);
  } catch {
    process.exit(EXIT_CODES[signal] ?? 1);
  }
}
