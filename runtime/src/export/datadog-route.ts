import type { DatadogDestination } from "../configuration/settings.js";
import type { Reporter } from "../report.js";
import { agentAcceptsSpans } from "./agent-detection.js";
import { existingAgentSocket } from "./agent-socket.js";
import { HttpClient } from "./http.js";
import { isLoopback, type Origin, parseOrigin } from "./origin.js";
import { type HttpProxy, wayTo } from "./proxy.js";

/** What every request of one sort has in common. */
export interface Route {
  readonly origin: Origin;
  readonly proxy?: HttpProxy;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For people: where records go, without the key. */
  readonly label: string;
}

export interface Routes {
  readonly spans: Route;
  readonly evaluations: Route;
}

type Sort = keyof Routes;

/** Datadog's host for each sort, also what the Agent is told to pass it on to. */
const SUBDOMAINS: Readonly<Record<Sort, string>> = { spans: "llmobs-intake", evaluations: "api" };
const PATHS: Readonly<Record<Sort, string>> = {
  spans: "/api/v2/llmobs",
  evaluations: "/api/intake/llm-obs/v2/eval-metric",
};

/**
 * The Agent's or the intake's addresses and headers, as captured from dd-trace
 * 6.21 in both modes. null, after one warning, when nothing can be sent.
 * Takes up to 2 s when the Agent has to be asked.
 */
export async function findRoutes(destination: DatadogDestination, reporter: Reporter): Promise<Routes | null> {
  const { mode, apiKey, overrideOrigin } = destination;
  const agent = parseOrigin(destination.agentUrl ?? existingAgentSocket() ?? "http://127.0.0.1:8126");
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
    (mode === "agent" || (mode === "detect" && (await agentAcceptsSpans(new HttpClient(), agent))))
  ) {
    return { spans: agentRoute(override ?? agent, "spans"), evaluations: agentRoute(override ?? agent, "evaluations") };
  }
  return intakeRoutes(destination, override, reporter);
}

/** Like the official SDK's, requests to an Agent pass proxies by. */
function agentRoute(origin: Origin, sort: Sort): Route {
  return {
    origin,
    path: `/evp_proxy/v2${PATHS[sort]}`,
    headers: { "Content-Type": "application/json", "X-Datadog-EVP-Subdomain": SUBDOMAINS[sort] },
    label: "the Datadog Agent",
  };
}

function intakeRoutes(
  destination: DatadogDestination,
  override: Origin | undefined,
  reporter: Reporter,
): Routes | null {
  const { mode, apiKey } = destination;
  if (apiKey === "") {
    return refuse(
      reporter,
      mode === "detect"
        ? "no Datadog Agent that takes LLM spans was found, and DD_API_KEY is not set; no spans are sent."
        : "DD_API_KEY is not set; no spans are sent to Datadog.",
    );
  }
  const spans = intakeRoute(destination, override, "spans");
  const evaluations = intakeRoute(destination, override, "evaluations");
  if (typeof spans === "string") return refuse(reporter, spans);
  return typeof evaluations === "string" ? refuse(reporter, evaluations) : { spans, evaluations };
}

/** The route, or why there is none. */
function intakeRoute(
  { apiKey, site, proxies }: DatadogDestination,
  override: Origin | undefined,
  sort: Sort,
): Route | string {
  const origin = override ?? siteOrigin(site, SUBDOMAINS[sort]);
  if (origin === undefined) return "DD_SITE is not a host name; no spans are sent.";
  if (!origin.secure && !isLoopback(origin)) {
    return "the API key is not sent over plain http to another machine; no spans are sent.";
  }
  const way = wayTo(origin, proxies);
  if (way.type === "invalid") return `${way.variable} is not an http or https address; no spans are sent.`;
  return {
    origin,
    ...(way.type === "proxy" && { proxy: way.proxy }),
    path: PATHS[sort],
    headers: { "Content-Type": "application/json", "DD-API-KEY": apiKey },
    label: "Datadog's intake",
  };
}

/** Undefined for what would send the key elsewhere than to a host below the site. */
function siteOrigin(site: string, subdomain: string): Origin | undefined {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(site) ? parseOrigin(`https://${subdomain}.${site}`) : undefined;
}

function refuse(reporter: Reporter, message: string): null {
  reporter.warnOnce("datadog:route", message);
  return null;
}
