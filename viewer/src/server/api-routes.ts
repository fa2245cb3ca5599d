import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { ImportResponse, InfoResponse } from "../api/contract.js";
import { toEvaluationRow } from "../evaluation/evaluation-row.js";
import { toMarkdown } from "../export/markdown.js";
import { toOtlp } from "../export/otlp.js";
import type { Intake } from "../intake/intake.js";
import { fields, isFields, list } from "../span/fields.js";
import { toSpanRow } from "../span/span-row.js";
import { compareTraces } from "../store/queries/compare.js";
import { QueryError, type Store } from "../store/store.js";
import { RequestError, readJson } from "./body.js";
import type { Live } from "./live.js";
import { openInEditor } from "./open-in-editor.js";
import { dashboardRequest, exportFormat, Parameters, traceFilter, traceListRequest } from "./parameters.js";

export interface Facts {
  readonly version: string;
  readonly projectFolder: string;
  readonly spanFolders: readonly string[];
  readonly store: InfoResponse["store"];
  /** The command of the user's editor; undefined where none is known. */
  readonly editor: string | undefined;
}

const HEARTBEAT_MS = 15_000;
const LONGEST_SQL = 100_000;

/** What the page asks for: `api/contract.ts`. */
export function apiRoutes(store: Store, intake: Intake, live: Live, facts: Facts): Hono {
  const routes = new Hono();

  routes.get("/info", async (context) =>
    context.json({
      version: facts.version,
      projectFolder: facts.projectFolder,
      spanFolders: facts.spanFolders,
      store: facts.store,
      origin: new URL(context.req.url).origin,
      ...(await store.count()),
      canOpenEditor: facts.editor !== undefined,
    } satisfies InfoResponse),
  );

  routes.get("/traces", async (context) =>
    context.json(await store.listTraces(traceListRequest(new Parameters(context.req.url)))),
  );
  routes.get("/facets", async (context) =>
    context.json(await store.facets(traceFilter(new Parameters(context.req.url)))),
  );
  routes.get("/traces/:traceId", async (context) =>
    context.json(there(await store.trace(id(context.req.param("traceId"))))),
  );
  routes.get("/traces/:traceId/spans/:spanId", async (context) =>
    context.json(there(await store.span(id(context.req.param("traceId")), id(context.req.param("spanId"))))),
  );
  routes.get("/traces/:traceId/conversation", async (context) =>
    context.json(there(await store.traceConversation(id(context.req.param("traceId"))))),
  );
  routes.get("/sessions/:sessionId/conversation", async (context) =>
    context.json(there(await store.sessionConversation(id(context.req.param("sessionId"))))),
  );
  routes.get("/dashboard", async (context) =>
    context.json(await store.dashboard(dashboardRequest(new Parameters(context.req.url)))),
  );

  routes.get("/compare", async (context) => {
    const given = new Parameters(context.req.url);
    const [left, right] = [await store.trace(given.text("left") ?? ""), await store.trace(given.text("right") ?? "")];
    return context.json(compareTraces(there(left), there(right)));
  });

  routes.get("/traces/:traceId/export", async (context) => {
    const traceId = id(context.req.param("traceId"));
    const format = exportFormat(new Parameters(context.req.url));
    const events = there(await store.events(traceId));
    const name = traceId.replace(/[^\w-]/g, "_").slice(0, 64);
    const [type, file, text] =
      format === "markdown"
        ? ["text/markdown; charset=utf-8", `${name}.md`, toMarkdown(there(await store.trace(traceId)), events)]
        : format === "otlp"
          ? ["application/json", `${name}.otlp.json`, JSON.stringify(toOtlp(events.spans))]
          : ["application/json", `${name}.json`, JSON.stringify({ format: "llmobs-trace", version: 1, ...events })];
    return context.body(text, 200, { "Content-Type": type, "Content-Disposition": `attachment; filename="${file}"` });
  });

  routes.post("/import", async (context) => {
    const body = fields(await readJson(context.req.raw));
    if (body.format !== "llmobs-trace" || body.version !== 1) throw new RequestError(400, "not an exported trace");
    const spans = list(body.spans).map((each) => (isFields(each) ? toSpanRow(each) : "not a span"));
    const evaluations = list(body.evaluations).map((each) =>
      isFields(each) ? toEvaluationRow(each) : "not an evaluation",
    );
    const rows = { spans: spans.filter(isRow), evaluations: evaluations.filter(isRow) };
    const wrong = [...spans, ...evaluations].find((each) => typeof each === "string");
    if (wrong !== undefined) throw new RequestError(400, wrong);
    await intake.add(rows.spans, rows.evaluations);
    return context.json({
      traceIds: [...new Set(rows.spans.map(({ traceId }) => traceId))],
      spans: rows.spans.length,
      evaluations: rows.evaluations.length,
    } satisfies ImportResponse);
  });

  routes.post("/open", async (context) => {
    await openInEditor(fields(await readJson(context.req.raw)), facts.projectFolder, facts.editor);
    return context.body(null, 204);
  });

  routes.post("/query", async (context) => {
    const { sql, timeoutMs } = fields(await readJson(context.req.raw));
    if (typeof sql !== "string" || sql.trim() === "" || sql.length > LONGEST_SQL || sql.includes("\0")) {
      throw new RequestError(400, "sql is not a statement");
    }
    try {
      return context.json(
        await store.query({ sql: sql.toWellFormed(), ...(typeof timeoutMs === "number" ? { timeoutMs } : {}) }),
      );
    } catch (error) {
      throw error instanceof QueryError ? new RequestError(400, error.message) : error;
    }
  });

  routes.get("/live", (context) => {
    const filter = traceFilter(new Parameters(context.req.url));
    return streamSSE(context, async (stream) => {
      const end = live.listen(filter, (event) => void stream.writeSSE({ data: JSON.stringify(event) }));
      if (end === undefined) return;
      stream.onAbort(end);
      while (!stream.aborted && !stream.closed) {
        await stream.write(": still here\n\n");
        await stream.sleep(HEARTBEAT_MS);
      }
      end();
    });
  });

  return routes;
}

function isRow<Row extends object>(value: Row | string): value is Row {
  return typeof value !== "string";
}

function there<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RequestError(404, "not in the store");
  return value;
}

/** No id has a character that Postgres text can't hold. */
function id(value: string): string {
  if (value.includes("\0") || !value.isWellFormed()) throw new RequestError(404, "not in the store");
  return value;
}
