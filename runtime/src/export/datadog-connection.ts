import type { DatadogDestination } from "../configuration/settings.js";
import type { Reporter } from "../report.js";
import { DatadogExporter } from "./datadog.js";
import { findRoutes } from "./datadog-route.js";
import type { SpillFolder } from "./spill-folder.js";

const TIMEOUT_MS = 5000;

/** Datadog, found. */
export interface Connection {
  /** A new exporter with sockets of its own. */
  exporter(type: "span" | "evaluation"): DatadogExporter;
}

/** Resolves once it is known where to send, with undefined (warned about) when there is nowhere. Never rejects. */
export async function connect(
  destination: DatadogDestination,
  reporter: Reporter,
  spill: SpillFolder | undefined,
): Promise<Connection | undefined> {
  const routes = await findRoutes(destination, reporter);
  if (routes === null) return undefined;
  return {
    exporter: (type) =>
      new DatadogExporter(type === "span" ? routes.spans : routes.evaluations, TIMEOUT_MS, reporter, spill),
  };
}
