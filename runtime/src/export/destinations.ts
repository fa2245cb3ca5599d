import type { Destinations } from "../configuration/settings.js";
import { builtin } from "../node-builtins.js";
import type { Reporter } from "../report.js";
import type { LaneDestination } from "./lane.js";
import type { EncodedRecord } from "./record.js";
import { SpanFile, toLines } from "./span-file.js";

/** One entry for each place that spans go to. The exporters themselves are loaded only when opened. */
export function laneDestinations(destinations: Destinations, reporter: Reporter): LaneDestination[] {
  const { files, datadog } = destinations;
  const lanes: LaneDestination[] = [];
  if (files !== undefined) {
    const dir = absolute(files.dir);
    lanes.push({
      name: "files",
      wantsStart: true,
      open: async () => new (await import("./files.js")).FilesExporter(dir, reporter),
      sendUnopened: (records) => writeAlone(dir, records, reporter),
    });
  }
  if (datadog !== undefined) {
    lanes.push({
      name: "datadog",
      wantsStart: false,
      open: async () => (await import("./datadog.js")).openDatadogExporter(datadog, reporter),
    });
  }
  return lanes;
}

/** The program may change its working directory later. */
function absolute(dir: string): string {
  try {
    return builtin("node:path")?.resolve(dir) ?? dir;
  } catch {
    // The working directory itself is gone.
    return dir;
  }
}

/** A program that ends in its first turn never sees the files exporter loaded; its spans still get their file. */
function writeAlone(dir: string, records: readonly EncodedRecord[], reporter: Reporter): number {
  let file: SpanFile | undefined;
  try {
    file = SpanFile.open(dir);
    file.append(toLines(records));
    reporter.counters.exported += records.length;
    return records.length;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    reporter.warnOnce("files", `spans could not be written to ${dir}: ${reason}.`);
    return 0;
  } finally {
    file?.close();
  }
}
