import { SensitiveKeys } from "./capture/sensitive-keys.js";
import { resolveSettings, type Settings } from "./configuration/settings.js";
import { createPipeline } from "./export/pipeline.js";
import { endWaiting } from "./observe/waiting.js";
import { type LeavingPipeline, watchProcessExit } from "./process/exit.js";
import { state } from "./state.js";

/** Switches tracing on for the settings that hold; does nothing when they say off. */
export function activate(settings: Settings): void {
  if (!settings.enabled || state.active !== null) return;
  const { reporter } = state;
  const pipeline = createPipeline(settings, reporter);
  state.active = {
    settings,
    pipeline,
    reporter,
    keys: new SensitiveKeys(settings.redactKeys),
    announcesStart: settings.destinations.files !== undefined,
  };
  // One that was switched off may still have something to deliver.
  state.pipelines.add(pipeline);
  state.stopWatchingExit = watchProcessExit(leaving, settings);
}

/** What the end of the process sees: spans that wait for a consumer end first, and every pipeline delivers what it has. */
const leaving: LeavingPipeline = {
  get outstanding() {
    endWaiting();
    return [...state.pipelines].reduce((sum, pipeline) => sum + pipeline.outstanding, state.stage?.size ?? 0);
  },
  hurry() {
    for (const pipeline of state.pipelines) pipeline.hurry();
  },
  async drain(timeoutMs) {
    const leftMs = await settleProcessors(timeoutMs);
    await Promise.all([...state.pipelines].map((pipeline) => pipeline.drain(leftMs)));
  },
  leave(final) {
    endWaiting();
    state.stage?.leave(final);
    for (const pipeline of state.pipelines) pipeline.leave(final);
  },
  heldMs: () => Math.max(0, ...[...state.pipelines].map((pipeline) => pipeline.heldMs())),
};

/** Switches tracing off; resolves when what had finished is delivered or given up. */
export async function deactivate(): Promise<void> {
  const { active } = state;
  if (active === null) return;
  endWaiting();
  state.active = null;
  try {
    await settleProcessors(active.settings.shutdownTimeoutMs);
    await active.pipeline.shutdown();
  } finally {
    state.pipelines.delete(active.pipeline);
    if (state.pipelines.size === 0) {
      state.stopWatchingExit?.();
      state.stopWatchingExit = undefined;
    }
  }
}

/** Resolves when every span finished so far is acknowledged or given up, within `shutdownTimeoutMs`. */
export async function flushActive(): Promise<void> {
  const { active } = state;
  if (active === null) return;
  const { shutdownTimeoutMs } = active.settings;
  const leftMs = await settleProcessors(shutdownTimeoutMs);
  if (leftMs === shutdownTimeoutMs) await active.pipeline.flush();
  else await active.pipeline.drain(leftMs);
}

/** Waits for span processors; gives back what is left of the time. */
async function settleProcessors(timeoutMs: number): Promise<number> {
  if (state.stage === undefined || state.stage.size === 0) return timeoutMs;
  const started = performance.now();
  await state.stage.settle(timeoutMs);
  return Math.max(0, timeoutMs - (performance.now() - started));
}

/** Reads the environment once a process. Called when the package is loaded; never throws. */
export function configureFromEnvironment(): void {
  if (state.configured) return;
  state.configured = true;
  try {
    activate(resolveSettings(environment(), undefined));
  } catch (error) {
    state.reporter.internalError("configure", error);
  }
}

export function environment(): Readonly<Record<string, string | undefined>> {
  return typeof process === "object" && process.env ? process.env : {};
}
