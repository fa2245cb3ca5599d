import { type Context, Hono } from "hono";
import { type EvaluationRow, toEvaluationRow } from "../evaluation/evaluation-row.js";
import { eventsOfEnvelopes } from "../intake/envelopes.js";
import type { Intake } from "../intake/intake.js";
import { metricsOf } from "../intake/metrics.js";
import { eventsOfPublicApi } from "../intake/public-spans.js";
import type { Fields } from "../span/fields.js";
import { type SpanRow, toSpanRow } from "../span/span-row.js";
import { RequestError, readJson } from "./body.js";

/** Datadog's own paths: the Agent's, and those of its sites as an SDK asks for them when given one origin. */
const SPANS = ["/evp_proxy/v2/api/v2/llmobs", "/evp_proxy/v4/api/v2/llmobs", "/api/v2/llmobs"];
const METRICS = ["", "/evp_proxy/v2", "/evp_proxy/v4"].flatMap((prefix) =>
  ["v1", "v2"].map((version) => `${prefix}/api/intake/llm-obs/${version}/eval-metric`),
);
const PUBLIC_SPANS = ["", "/evp_proxy/v2", "/evp_proxy/v4"].map(
  (prefix) => `${prefix}/api/intake/llm-obs/v1/trace/spans`,
);
/** What an SDK sends to an Agent besides; taken and forgotten, so that it does not complain. */
const IGNORED = [
  "/v0.3/traces",
  "/v0.4/traces",
  "/v0.5/traces",
  "/v0.6/stats",
  "/telemetry/proxy/*",
  "/dogstatsd/*",
  "/debugger/*",
  "/profiling/*",
  "/v0.7/config",
];

export function intakeRoutes(intake: Intake, version: string): Hono {
  const routes = new Hono();

  routes.get("/info", (context) =>
    context.json({
      version,
      endpoints: ["/v0.4/traces", "/v0.5/traces", "/v0.6/stats", "/evp_proxy/v2/", "/evp_proxy/v4/"],
      client_drop_p0s: true,
      evp_proxy_allowed_headers: ["Content-Type", "Accept-Encoding", "Content-Encoding", "User-Agent"],
    }),
  );

  const takeSpans = (read: (body: unknown) => readonly Fields[]) => async (context: Context) => {
    const spans = allOf(read(await readJson(context.req.raw)), toSpanRow);
    await intake.add(spans, []);
    return context.json({}, 202);
  };
  for (const path of SPANS) routes.post(path, takeSpans(eventsOfEnvelopes));
  for (const path of PUBLIC_SPANS) routes.post(path, takeSpans(eventsOfPublicApi));

  for (const path of METRICS) {
    routes.post(path, async (context) => {
      const metrics = metricsOf(await readJson(context.req.raw));
      const rows = allOf(metrics, (metric): EvaluationRow | string => toEvaluationRow(metric));
      await intake.add([], rows);
      const data = {
        type: "evaluation_metric",
        attributes: { metrics: metrics.map((each, at) => ({ ...each, id: rows[at]?.id })) },
      };
      return context.json({ data }, 202);
    });
  }

  for (const path of IGNORED) routes.all(path, (context) => context.json({}));
  return routes;
}

/**
 * All or none, so that a sender learns what is wrong.
 * @throws RequestError where there is nothing, or one is wrong
 */
export function allOf<Row extends SpanRow | EvaluationRow>(
  given: readonly Fields[],
  read: (each: Fields) => Row | string,
): readonly Row[] {
  if (given.length === 0) throw new RequestError(400, "nothing in it that this path takes");
  return given.map((each, at) => {
    const row = read(each);
    if (typeof row === "string") throw new RequestError(400, `number ${at}: ${row}`);
    return row;
  });
}
