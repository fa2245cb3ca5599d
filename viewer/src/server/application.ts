import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import type { ApiError } from "../api/contract.js";
import type { Intake } from "../intake/intake.js";
import type { Store } from "../store/store.js";
import { apiRoutes, type Facts } from "./api-routes.js";
import { RequestError } from "./body.js";
import { type Access, guard } from "./guard.js";
import { intakeRoutes } from "./intake-routes.js";
import type { Live } from "./live.js";

const ASSETS: Readonly<Record<string, string>> = {
  "index.html": "text/html; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
};

export function createApplication(store: Store, intake: Intake, live: Live, facts: Facts, access: Access): Hono {
  const application = new Hono();
  application.use(guard(access));
  application.route("/", intakeRoutes(intake, facts.version));
  application.route("/api", apiRoutes(store, intake, live, facts));
  application.get("/assets/:name", (context) => asset(context.req.param("name")));
  // The page reads its place from the path and the parameters of the URL.
  for (const path of ["/", "/traces/*", "/sessions/*", "/dashboard", "/compare"])
    application.get(path, () => asset("index.html"));
  application.notFound((context) => context.json({ error: "no such path" } satisfies ApiError, 404));
  application.onError((error, context) => {
    if (error instanceof RequestError)
      return context.json({ error: oneLine(error.message) } satisfies ApiError, error.status);
    process.stderr.write(`viewer: ${context.req.method} ${context.req.path}: ${oneLine(error.message)}\n`);
    return context.json({ error: "the store could not answer" } satisfies ApiError, 500);
  });
  return application;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 500);
}

async function asset(name: string): Promise<Response> {
  const type = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
  if (type === undefined) throw new RequestError(404, "no such path");
  const body = await readFile(new URL(`../page/${name}`, import.meta.url));
  return new Response(body, { headers: { "Content-Type": type } });
}
