import type { DatadogDestination, Destinations } from "../configuration/settings.js";
import type { Reporter } from "../report.js";
import type { Framing } from "./batch.js";
import type { Connection } from "./datadog-connection.js";
import { EVALUATION_METRICS, SPAN_ENVELOPES } from "./envelope.js";
import type { LaneDestination } from "./lane.js";
import type { Losses } from "./losses.js";
import { absolutePath } from "./private-folder.js";
import type { RecordType } from "./record.js";
import { Resending } from "./resending.js";
import { LINES, SpanFile } from "./span-file.js";
import { SpillFolder } from "./spill-folder.js";

/** Everything that records can be handed to, and what earlier processes left to be sent. */
export interface OpenedDestinations {
  readonly lanes: readonly LaneDestination[];
  readonly resending: Resending | undefined;
}

/** The exporters themselves are loaded only when opened. */
export function openDestinations(destinations: Destinations, reporter: Reporter, losses: Losses): OpenedDestinations {
  const { files, datadog } = destinations;
  const lanes: LaneDestination[] = [];
  if (files !== undefined) lanes.push(filesLane(absolutePath(files.dir), reporter));
  if (datadog === undefined) return { lanes, resending: undefined };

  const spill = datadog.spillDir === undefined ? undefined : new SpillFolder(absolutePath(datadog.spillDir), reporter);
  const connect = connection(datadog, reporter, spill);
  lanes.push(datadogLane("span", SPAN_ENVELOPES, datadog, connect, spill));
  lanes.push(datadogLane("evaluation", EVALUATION_METRICS, datadog, connect, spill));
  const resenders = async () => {
    const connected = await connect();
    return connected && { span: connected.exporter("span"), evaluation: connected.exporter("evaluation") };
  };
  return { lanes, resending: spill && new Resending(spill, resenders, reporter, losses) };
}

/** The most that one record in a file may have. */
const LINE_BYTES = 64 * 1_048_576;

function filesLane(dir: string, reporter: Reporter): LaneDestination {
  // A program that ends in its first turn never sees the exporter loaded; its spans still get their file.
  let file: SpanFile | undefined;
  return {
    name: "files",
    takes: ["start", "span", "evaluation"],
    framing: LINES,
    maxBytes: LINE_BYTES,
    open: async () => new (await import("./files.js")).FilesExporter(dir, reporter),
    leaveUnopened(batch) {
      try {
        file ??= SpanFile.open(dir);
        file.append(batch.body());
        return "delivered";
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        reporter.warnOnce("files", `spans could not be written to ${dir}: ${reason}`);
        return "lost";
      }
    },
  };
}

function datadogLane(
  type: RecordType & ("span" | "evaluation"),
  framing: Framing,
  { maxBodyBytes }: DatadogDestination,
  connect: () => Promise<Connection | undefined>,
  spill: SpillFolder | undefined,
): LaneDestination {
  return {
    name: "Datadog",
    takes: [type],
    framing,
    maxBytes: maxBodyBytes,
    open: async () => (await connect())?.exporter(type) ?? null,
    leaveUnopened: (batch) => (spill?.keep(batch) ? "spilled" : "lost"),
  };
}

/** Found once, for all that goes to Datadog. */
function connection(
  datadog: DatadogDestination,
  reporter: Reporter,
  spill: SpillFolder | undefined,
): () => Promise<Connection | undefined> {
  let found: Promise<Connection | undefined> | undefined;
  return () => {
    found ??= import("./datadog-connection.js").then(({ connect }) => connect(datadog, reporter, spill));
    return found;
  };
}
