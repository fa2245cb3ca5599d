import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import type { InfoResponse } from "../api/contract.js";
import { eventsOfEnvelopes } from "../intake/envelopes.js";
import { toSpanRow } from "../span/span-row.js";
import { listTraces, readTrace } from "../store/queries/traces.js";
import type { Store } from "../store/store.js";

const ASSETS: Readonly<Record<string, string>> = {
  "index.html": "text/html; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
};

export interface Facts {
  readonly version: string;
  readonly projectFolder: string;
  readonly spanFolders: readonly string[];
  readonly store: InfoResponse["store"];
}

export function createApplication(store: Store, facts: Facts): Hono {
  const application = new Hono();

  application.get("/info", (context) =>
    context.json({
      version: facts.version,
      endpoints: ["/evp_proxy/v2/"],
      evp_proxy_allowed_headers: ["Content-Type", "Content-Encoding"],
    }),
  );

  application.post("/evp_proxy/v2/api/v2/llmobs", async (context) => {
    const rows = eventsOfEnvelopes(await context.req.json())
      .map(toSpanRow)
      .filter((row) => typeof row !== "string");
    await store.add(rows);
    return context.json({}, 202);
  });

  application.get("/api/traces", async (context) => context.json(await listTraces(store.database, {})));

  application.get("/api/traces/:traceId", async (context) => {
    const trace = await readTrace(store.database, context.req.param("traceId"));
    return trace === undefined ? context.json({ error: "no such trace" }, 404) : context.json(trace);
  });

  application.get("/assets/:name", (context) => asset(context.req.param("name")));
  application.get("/", () => asset("index.html"));
  return application;
}

async function asset(name: string): Promise<Response> {
  const type = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
  if (type === undefined) return new Response("not found\n", { status: 404 });
  const body = await readFile(new URL(`../page/${name}`, import.meta.url));
  return new Response(body, { headers: { "Content-Type": type } });
}
