import type {
  ConversationResponse,
  DashboardRequest,
  DashboardResponse,
  FacetsResponse,
  QueryRequest,
  QueryResponse,
  SpanDetail,
  TraceFilter,
  TraceListRequest,
  TraceListResponse,
  TraceResponse,
  TraceSummary,
} from "../api/contract.js";
import type { Database } from "./database.js";
import { migrate } from "./migrate.js";
import { readSessionConversation, readTraceConversation } from "./queries/conversation.js";
import { readDashboard } from "./queries/dashboard.js";
import { listTraces, readFacets, traceSummaries } from "./queries/list-traces.js";
import { readEvents, readSpan, readTrace } from "./queries/read-trace.js";
import { runQuery } from "./queries/run-query.js";
import type { Batch, Store, StoredEvents } from "./store.js";
import { makeSearchable } from "./write/make-searchable.js";
import { writeEvaluations } from "./write/write-evaluations.js";
import { SpanWriter } from "./write/write-spans.js";

/** After the last write, before what it wrote becomes searchable: writers come first. */
const QUIET_MS = 50;

/** A store in a Postgres database. */
export class DatabaseStore implements Store {
  readonly #database: Database;
  readonly #projectFolder: string;
  readonly #writer: SpanWriter;
  #searching: NodeJS.Timeout | undefined;
  #working: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(database: Database, projectFolder: string) {
    this.#database = database;
    this.#projectFolder = projectFolder;
    this.#writer = new SpanWriter(database);
  }

  static async open(database: Database, projectFolder: string): Promise<DatabaseStore> {
    await migrate(database);
    const store = new DatabaseStore(database, projectFolder);
    store.#searchSoon();
    return store;
  }

  async add({ spans, evaluations }: Batch): Promise<readonly string[]> {
    const changed = await this.#writer.write(spans);
    await writeEvaluations(this.#database, evaluations);
    this.#searchSoon();
    const evaluated = evaluations.flatMap(({ traceId }) => (traceId === null ? [] : [traceId]));
    return evaluated.length === 0 ? changed : [...new Set([...changed, ...evaluated])];
  }

  async count(): Promise<{ readonly traces: number; readonly spans: number }> {
    const [row] = await this.#database.query(
      "select count(*)::float8 as traces, coalesce(sum(span_count), 0)::float8 as spans from trace",
    );
    return { traces: Number(row?.traces), spans: Number(row?.spans) };
  }

  listTraces(request: TraceListRequest): Promise<TraceListResponse> {
    return listTraces(this.#database.query, request);
  }

  summaries(filter: TraceFilter, traceIds: readonly string[]): Promise<readonly TraceSummary[]> {
    return traceSummaries(this.#database.query, filter, traceIds);
  }

  facets(filter: TraceFilter): Promise<FacetsResponse> {
    return readFacets(this.#database.query, filter);
  }

  trace(traceId: string): Promise<TraceResponse | undefined> {
    return readTrace(this.#database.query, traceId);
  }

  span(traceId: string, spanId: string): Promise<SpanDetail | undefined> {
    return readSpan(this.#database.query, traceId, spanId, this.#projectFolder);
  }

  events(traceId: string): Promise<StoredEvents | undefined> {
    return readEvents(this.#database.query, traceId);
  }

  traceConversation(traceId: string): Promise<ConversationResponse | undefined> {
    return readTraceConversation(this.#database.query, traceId);
  }

  sessionConversation(sessionId: string): Promise<ConversationResponse | undefined> {
    return readSessionConversation(this.#database.query, sessionId);
  }

  dashboard(request: DashboardRequest): Promise<DashboardResponse> {
    return readDashboard(this.#database.query, request);
  }

  query(request: QueryRequest): Promise<QueryResponse> {
    return runQuery(this.#database, request);
  }

  async settle(): Promise<void> {
    while (!this.#closed && (await makeSearchable(this.#database)));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#searching);
    await this.#working;
    await this.#database.close();
  }

  #searchSoon(): void {
    if (this.#closed) return;
    clearTimeout(this.#searching);
    this.#searching = setTimeout(() => {
      this.#working = this.#makeSearchable();
    }, QUIET_MS);
    this.#searching.unref();
  }

  async #makeSearchable(): Promise<void> {
    try {
      if (await makeSearchable(this.#database)) this.#searching = setTimeout(() => this.#searchNow(), 1);
    } catch {
      // Tried again after the next write.
    }
  }

  #searchNow(): void {
    if (!this.#closed) this.#working = this.#makeSearchable();
  }
}
