import type { DatadogDestination } from "../configuration/settings.js";
import type { Reporter } from "../report.js";
import { agentAcceptsSpans } from "./agent-detection.js";
import type { HttpClient } from "./http.js";
import { isLoopback, type Origin, parseOrigin } from "./origin.js";

/** What every request with spans has in common. */
export interface Route {
  readonly origin: Origin;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For people: where the spans go, without the key. */
  readonly label: string;
}

/**
 * The Agent's or the intake's address and headers, as captured from dd-trace
 * 6.21 in both modes. null, after one warning, when nothing can be sent.
 * Takes up to 2 s when the Agent has to be asked.
 */
export async function findRoute(
  destination: DatadogDestination,
  client: HttpClient,
  reporter: Reporter,
): Promise<Route | null> {
  const { mode, apiKey, site, overrideOrigin } = destination;
  const agent = parseOrigin(destination.agentUrl);
  const override = overrideOrigin === undefined ? undefined : parseOrigin(overrideOrigin);
  if (overrideOrigin !== undefined && override === undefined) {
    return refuse(reporter, "DD_LLMOBS_OVERRIDE_ORIGIN is not an http, https or unix address; no spans are sent.");
  }
  if (agent === undefined && mode !== "agentless") {
    if (mode === "agent" || apiKey === "") {
      return refuse(reporter, "the Agent's address is not an http, https or unix one; no spans are sent.");
    }
  } else if (
    agent !== undefined &&
    (mode === "agent" || (mode === "detect" && (await agentAcceptsSpans(client, agent))))
  ) {
    return {
      origin: override ?? agent,
      path: "/evp_proxy/v2/api/v2/llmobs",
      headers: { "Content-Type": "application/json", "X-Datadog-EVP-Subdomain": "llmobs-intake" },
      label: "the Datadog Agent",
    };
  }

  if (apiKey === "") {
    return refuse(
      reporter,
      mode === "detect"
        ? "no Datadog Agent that takes LLM spans was found, and DD_API_KEY is not set; no spans are sent."
        : "DD_API_KEY is not set; no spans are sent to Datadog.",
    );
  }
  const origin = override ?? parseOrigin(`https://llmobs-intake.${site}`);
  if (origin === undefined) return refuse(reporter, "DD_SITE is not a host name; no spans are sent.");
  if (!origin.secure && !isLoopback(origin)) {
    return refuse(reporter, "the API key is not sent over plain http to another machine; no spans are sent.");
  }
  return {
    origin,
    path: "/api/v2/llmobs",
    headers: { "Content-Type": "application/json", "DD-API-KEY": apiKey },
    label: "Datadog's intake",
  };
}

function refuse(reporter: Reporter, message: string): null {
  reporter.warnOnce("datadog:route", message);
  return null;
}
