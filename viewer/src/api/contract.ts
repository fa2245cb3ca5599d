/*
 * What the page and the server say to each other. JSON over HTTP below `/api`, same origin.
 * Times are unix milliseconds with fractions, durations milliseconds, money US dollars.
 * `null` stands for what is not known: a cost without a price is null, never 0.
 * An error is answered with its status and `ApiError`.
 */

export interface ApiError {
  readonly error: string;
}

export const SPAN_KINDS = ["workflow", "agent", "llm", "tool", "task", "embedding", "retrieval"] as const;

/** What the SDKs send; others (`step`, `experiment`) come through as they are. */
export type SpanKind = (typeof SPAN_KINDS)[number] | (string & {});

/** `running`: only its start is known. */
export type Status = "ok" | "error" | "running";

/** `GET /api/info` */
export interface InfoResponse {
  readonly version: string;
  /** The folder that files of source places are relative to. */
  readonly projectFolder: string;
  /** The folders whose span files are read. */
  readonly spanFolders: readonly string[];
  readonly store: "folder" | "memory" | "postgres";
  /** `http://127.0.0.1:4319`: what other programs send to. */
  readonly origin: string;
  readonly traces: number;
  readonly spans: number;
  readonly canOpenEditor: boolean;
}

/* ——— Traces ——— */

/** Every field narrows; lists mean “one of these”. In the URL each is a parameter of its name, lists repeat it. */
export interface TraceFilter {
  /** Words in contents, names and errors; `"…"` is a phrase, `-word` excludes. */
  readonly search?: string;
  readonly status?: readonly Status[];
  /** Traces with a span of such a kind, … */
  readonly kind?: readonly string[];
  readonly model?: readonly string[];
  /** … of such a name. */
  readonly name?: readonly string[];
  readonly app?: readonly string[];
  readonly version?: readonly string[];
  /** `key:value` */
  readonly tag?: readonly string[];
  readonly session?: readonly string[];
  /** Start of the trace, from inclusive, to exclusive. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly minDurationMs?: number;
  readonly maxDurationMs?: number;
  readonly minTokens?: number;
  readonly maxTokens?: number;
}

/** `GET /api/traces`: newest first. */
export interface TraceListRequest extends TraceFilter {
  /** 1 to 200, default 50. */
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

export interface TraceListResponse {
  readonly traces: readonly TraceSummary[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export interface TraceSummary {
  readonly traceId: string;
  /** Of the root span, or of the first that came while the root is still to come. */
  readonly name: string;
  readonly kind: SpanKind;
  /** `error` where any span failed, `running` while the root has not ended. */
  readonly status: Status;
  readonly app: string;
  readonly version: string | null;
  readonly sessionId: string | null;
  readonly startMs: number;
  /** From the first start to the last end; null while nothing has ended. */
  readonly durationMs: number | null;
  readonly spanCount: number;
  readonly errorCount: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  /** Of the spans whose price is known; null where none is. */
  readonly cost: number | null;
  /** Spans with tokens and no known price: then `cost` is a lower bound. */
  readonly unpricedSpans: number;
  readonly models: readonly string[];
  /** The first characters of the root's input and output. */
  readonly inputPreview: string;
  readonly outputPreview: string;
  readonly errorPreview: string | null;
  readonly evaluationCount: number;
  /** Where the search's words are; only with `search`. */
  readonly hits?: readonly SearchHit[];
}

export interface SearchHit {
  readonly spanId: string;
  readonly spanName: string;
  readonly spanKind: SpanKind;
  /** Plain text around the hit. */
  readonly text: string;
  /** Parts of `text` to highlight, `[from, to)` in UTF-16 units. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** `GET /api/facets` with a `TraceFilter`: values to offer in filters, most frequent first, of the newest traces. */
export interface FacetsResponse {
  readonly kind: readonly FacetValue[];
  readonly status: readonly FacetValue[];
  readonly name: readonly FacetValue[];
  readonly model: readonly FacetValue[];
  readonly app: readonly FacetValue[];
  readonly version: readonly FacetValue[];
  readonly tag: readonly FacetValue[];
  readonly session: readonly FacetValue[];
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** `GET /api/traces/:traceId` */
export interface TraceResponse {
  readonly trace: TraceSummary;
  /** By start. A span whose `parentId` is not among them is a root. */
  readonly spans: readonly SpanSummary[];
  /** Evaluations of the trace as a whole and of its session. */
  readonly evaluations: readonly Evaluation[];
}

export interface SpanSummary {
  readonly spanId: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly kind: SpanKind;
  readonly status: Status;
  readonly startMs: number;
  readonly durationMs: number | null;
  readonly model: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
  readonly cost: number | null;
  /** After the start. */
  readonly timeToFirstTokenMs: number | null;
  readonly errorType: string | null;
  readonly evaluationCount: number;
}

/* ——— Spans ——— */

/** `GET /api/traces/:traceId/spans/:spanId` */
export interface SpanDetail extends SpanSummary {
  readonly traceId: string;
  readonly sessionId: string | null;
  readonly app: string;
  readonly version: string | null;
  readonly provider: string | null;
  readonly input: Content;
  readonly output: Content;
  readonly expectedOutput: unknown;
  readonly prompt: Prompt | null;
  readonly toolDefinitions: readonly ToolDefinition[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, number>>;
  /** As they came, `key:value`. */
  readonly tags: readonly string[];
  readonly error: SpanError | null;
  readonly source: SourcePlace | null;
  readonly costs: CostDetail | null;
  readonly evaluations: readonly Evaluation[];
  readonly links: readonly SpanLink[];
  /** What the SDK or the store left out, one plain sentence each. */
  readonly notes: readonly string[];
  /** The event as it was sent. */
  readonly raw: unknown;
}

export type Content =
  | { readonly type: "none" }
  /** `json` is the parsed value where the text is JSON (an object or a list). */
  | { readonly type: "text"; readonly text: string; readonly json?: unknown }
  | { readonly type: "messages"; readonly messages: readonly Message[] }
  | { readonly type: "documents"; readonly documents: readonly Document[] }
  | { readonly type: "json"; readonly json: unknown };

export interface Message {
  readonly role: string;
  readonly content: string;
  /** What the model thought before it answered. */
  readonly reasoning: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly toolResults: readonly ToolResult[];
  readonly media: readonly MediaPart[];
}

export interface ToolCall {
  readonly id: string | null;
  readonly name: string;
  readonly arguments: unknown;
}

export interface ToolResult {
  /** The `id` of its call. */
  readonly id: string | null;
  readonly name: string | null;
  readonly result: string;
}

export interface MediaPart {
  readonly kind: "image" | "audio" | "file";
  readonly mimeType: string | null;
  /** Base64; null where the event only has a key of an attachment. */
  readonly content: string | null;
}

export interface Document {
  readonly id: string | null;
  readonly name: string | null;
  readonly text: string;
  readonly score: number | null;
}

export interface Prompt {
  readonly id: string | null;
  readonly version: string | null;
  readonly template: string | null;
  readonly chatTemplate: readonly { readonly role: string; readonly content: string }[] | null;
  readonly variables: Readonly<Record<string, string>>;
}

export interface ToolDefinition {
  readonly name: string;
  readonly description: string | null;
  readonly schema: unknown;
}

export interface SpanError {
  readonly type: string | null;
  readonly message: string | null;
  readonly stack: string | null;
  /** Frames of `stack`, first the throwing one. */
  readonly frames: readonly StackFrame[];
}

export interface StackFrame {
  readonly text: string;
  readonly function: string | null;
  /** Only of frames that have a file; can be sent to `/api/open`. */
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** Is the file in the project and not in node_modules? */
  readonly isOwn: boolean;
}

export interface SourcePlace {
  /** Relative to the project, or absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  readonly function: string | null;
}

export interface CostDetail {
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number;
  /** `event`: the program said it; `catalogue`: the price list; `override`: the user's file. */
  readonly origin: "event" | "catalogue" | "override";
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Evaluation {
  readonly id: string;
  readonly type: "evaluation" | "feedback";
  readonly label: string;
  readonly metricType: "categorical" | "score" | "boolean" | "json" | "text";
  readonly value: unknown;
  readonly assessment: "pass" | "fail" | null;
  readonly reasoning: string | null;
  readonly submitter: string | null;
  readonly timeMs: number;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What it was joined by. */
  readonly scope: "span" | "trace" | "session" | "tag";
}

/* ——— Conversation ——— */

/** `GET /api/traces/:traceId/conversation`, `GET /api/sessions/:sessionId/conversation` */
export interface ConversationResponse {
  readonly turns: readonly ConversationTurn[];
  /** Traces of the session, oldest first; more than 200 are left out. */
  readonly traceIds: readonly string[];
  readonly truncated: boolean;
}

/** A message that was not said before, with the span it is from. */
export interface ConversationTurn {
  readonly traceId: string;
  readonly spanId: string;
  readonly spanName: string;
  readonly spanKind: SpanKind;
  readonly timeMs: number;
  readonly model: string | null;
  readonly message: Message;
}

/* ——— Dashboard ——— */

export const DASHBOARD_GROUPS = ["none", "function", "kind", "model", "app", "version"] as const;
export type DashboardGroup = (typeof DASHBOARD_GROUPS)[number];

/** `GET /api/dashboard`: of spans, not traces. */
export interface DashboardRequest {
  readonly fromMs: number;
  readonly toMs: number;
  /** Default `none`. */
  readonly by?: DashboardGroup;
  readonly app?: readonly string[];
  readonly version?: readonly string[];
  readonly model?: readonly string[];
  /** Names of functions. */
  readonly name?: readonly string[];
  readonly kind?: readonly string[];
}

export interface DashboardResponse {
  /** Width of a point, at least a minute; there are at most some 120 points. */
  readonly stepMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly totals: DashboardValues;
  /** The busiest groups, at most 12, then one `other` where there are more. */
  readonly series: readonly DashboardSeries[];
  readonly evaluations: readonly EvaluationSeries[];
}

export interface DashboardSeries {
  /** "" where a span has no model or version; null for `other`. */
  readonly group: string | null;
  readonly totals: DashboardValues;
  /** Only points with spans, by time. */
  readonly points: readonly DashboardPoint[];
}

export interface DashboardPoint extends DashboardValues {
  readonly timeMs: number;
}

export interface DashboardValues {
  readonly requests: number;
  readonly errors: number;
  /** Latency, from histograms: within 5 %. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly cost: number | null;
  readonly unpricedSpans: number;
}

export interface EvaluationSeries {
  readonly label: string;
  readonly metricType: Evaluation["metricType"];
  readonly count: number;
  /** Mean of scores; share of true, or of “pass” where assessed. Null for others. */
  readonly mean: number | null;
  /** Counts by value of categories, most frequent first, at most 10. */
  readonly values: readonly FacetValue[];
  readonly points: readonly { readonly timeMs: number; readonly count: number; readonly mean: number | null }[];
}

/* ——— Live tail ——— */

/**
 * `GET /api/live` with a `TraceFilter`: server-sent events, each `data` one `LiveEvent`.
 * Summaries come at most four times a second; a trace comes again whenever it changed.
 */
export type LiveEvent =
  | { readonly type: "traces"; readonly traces: readonly TraceSummary[] }
  /** Too much changed to list it: ask for the list again. */
  | { readonly type: "refresh" };

/* ——— Export, import, editor, comparison, SQL ——— */

/** `GET /api/traces/:traceId/export?format=` : a download. `json` is what `POST /api/import` takes. */
export const EXPORT_FORMATS = ["markdown", "json", "otlp"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The JSON export. */
export interface TraceExport {
  readonly format: "llmobs-trace";
  readonly version: 1;
  /** Events and metrics of the wire. */
  readonly spans: readonly unknown[];
  readonly evaluations: readonly unknown[];
}

/** `POST /api/import` with a `TraceExport` */
export interface ImportResponse {
  readonly traceIds: readonly string[];
  readonly spans: number;
  readonly evaluations: number;
}

/** `POST /api/open`: opens the user's editor. Only files in the project; answered 204. */
export interface OpenRequest {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** `GET /api/compare?left=…&right=…` */
export interface CompareResponse {
  readonly left: TraceSummary;
  readonly right: TraceSummary;
  /** Both trees in one, in order of the left one; a row has a span on at least one side. */
  readonly rows: readonly CompareRow[];
}

export interface CompareRow {
  readonly depth: number;
  readonly left: SpanSummary | null;
  readonly right: SpanSummary | null;
}

/** `POST /api/query`: reads only, ends after `timeoutMs`. */
export interface QueryRequest {
  readonly sql: string;
  /** At most 30,000, default 5,000. */
  readonly timeoutMs?: number;
}

export interface QueryResponse {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** More than 10,000 rows are left out. */
  readonly truncated: boolean;
}
