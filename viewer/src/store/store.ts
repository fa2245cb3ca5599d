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
import type { EvaluationRow } from "../evaluation/evaluation-row.js";
import type { SpanRow } from "../span/span-row.js";

/** What came in together; kept together. */
export interface Batch {
  readonly spans: readonly SpanRow[];
  readonly evaluations: readonly EvaluationRow[];
}

export interface StoredEvents {
  readonly spans: readonly unknown[];
  readonly evaluations: readonly unknown[];
}

/** Where spans are kept. What a method asks for and is not there is undefined. */
export interface Store {
  /** Resolves once it is committed, with the ids of the traces that changed. */
  add(batch: Batch): Promise<readonly string[]>;
  count(): Promise<{ readonly traces: number; readonly spans: number }>;
  listTraces(request: TraceListRequest): Promise<TraceListResponse>;
  /** Those of `traceIds` that pass the filter. */
  summaries(filter: TraceFilter, traceIds: readonly string[]): Promise<readonly TraceSummary[]>;
  facets(filter: TraceFilter): Promise<FacetsResponse>;
  trace(traceId: string): Promise<TraceResponse | undefined>;
  span(traceId: string, spanId: string): Promise<SpanDetail | undefined>;
  events(traceId: string): Promise<StoredEvents | undefined>;
  traceConversation(traceId: string): Promise<ConversationResponse | undefined>;
  sessionConversation(sessionId: string): Promise<ConversationResponse | undefined>;
  dashboard(request: DashboardRequest): Promise<DashboardResponse>;
  /** @throws QueryError */
  query(request: QueryRequest): Promise<QueryResponse>;
  /** Puts what waits into the full-text index; for tests and before a measurement. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** A statement of a person that the database would not run, in its own words. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}
