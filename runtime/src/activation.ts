import { SensitiveKeys } from "./capture/sensitive-keys.js";
import { resolveSettings, type Settings } from "./configuration/settings.js";
import { createPipeline, type Pipeline } from "./export/pipeline.js";
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
  state.stopWatchingExit = watchProcessExit(endingWaiting(pipeline), settings);
}

/** What the end of the process sees of a pipeline: spans that wait for a consumer end first, and are sent with the rest. */
function endingWaiting(pipeline: Pipeline): LeavingPipeline {
  return {
    get outstanding() {
      endWaiting();
      return pipeline.outstanding;
    },
    hurry: () => pipeline.hurry(),
    drain: (timeoutMs) => pipeline.drain(timeoutMs),
    leave(final) {
      endWaiting();
      pipeline.leave(final);
    },
    heldMs: () => pipeline.heldMs(),
  };
}

/** Switches tracing off; resolves when what had finished is delivered or given up. */
export async function deactivate(): Promise<void> {
  const { active } = state;
  if (active === null) return;
  const stopWatching = state.stopWatchingExit;
  endWaiting();
  state.active = null;
  state.stopWatchingExit = undefined;
  try {
    await active.pipeline.shutdown();
  } finally {
    stopWatching?.();
  }
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
