import type { TraceSummary } from "../../api/contract.js";

/**
 * Brings changed traces up to date where they stand. Those not yet in the list go to its start (newest first), or to
 * its end in their order.
 */
export function mergeLive(
  traces: readonly TraceSummary[],
  changed: readonly TraceSummary[],
  newcomers: "start" | "end",
): readonly TraceSummary[] {
  const latest = new Map(changed.map((trace) => [trace.traceId, trace]));
  const kept = traces.map((trace) => {
    const newer = latest.get(trace.traceId);
    latest.delete(trace.traceId);
    return newer ?? trace;
  });
  switch (newcomers) {
    case "end":
      return [...kept, ...latest.values()];
    case "start":
      return [...[...latest.values()].sort((one, other) => other.startMs - one.startMs), ...kept];
  }
}
