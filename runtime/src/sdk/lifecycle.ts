import { activate, deactivate, environment, flushActive } from "../activation.js";
import { type EnableOptions, resolveSettings } from "../configuration/settings.js";
import type { Counters } from "../report.js";
import { state } from "../state.js";

export function enable(options: EnableOptions = {}): void {
  const settings = resolveSettings(environment(), options);
  if (state.active !== null) disable();
  activate(settings);
}

export function disable(): void {
  deactivate().catch((error: unknown) => state.reporter.internalError("shutdown", error));
}

export async function flush(): Promise<void> {
  try {
    await flushActive();
  } catch (error) {
    state.reporter.internalError("flush", error);
  }
}

export async function shutdown(): Promise<void> {
  try {
    await deactivate();
  } catch (error) {
    state.reporter.internalError("shutdown", error);
  }
}

export function stats(): Readonly<Counters> {
  return { ...state.reporter.counters };
}
