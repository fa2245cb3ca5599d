import type { SpanRow } from "../span/span-row.js";
import type { Database } from "./database.js";
import { INGEST } from "./ingest-sql.js";
import { migrate } from "./migrate.js";

/** Where spans are kept. */
export class Store {
  readonly database: Database;

  private constructor(database: Database) {
    this.database = database;
  }

  static async open(database: Database): Promise<Store> {
    await migrate(database);
    return new Store(database);
  }

  /** Resolves once committed, with the ids of the traces that changed. */
  async add(spans: readonly SpanRow[]): Promise<readonly string[]> {
    if (spans.length === 0) return [];
    const [rows = []] = await this.database.transaction([
      { sql: INGEST, parameters: [JSON.stringify(spans.map(toColumns))] },
    ]);
    return rows.map((row) => String(row.trace_id));
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

/** Postgres text holds neither NUL nor half of a surrogate pair; in `event` both stay, as JSON's escapes. */
function storable(value: string | null): string | null {
  return value === null ? null : value.replaceAll("\0", "\ufffd").toWellFormed();
}

function toColumns(span: SpanRow): Readonly<Record<string, unknown>> {
  return {
    trace_id: storable(span.traceId),
    span_id: storable(span.spanId),
    parent_id: storable(span.parentId),
    name: storable(span.name),
    kind: storable(span.kind),
    status: span.status,
    start_ns: Math.round(span.startNs),
    duration_ns: span.durationNs === null ? null : Math.round(span.durationNs),
    app: storable(span.app),
    version: storable(span.version),
    session_id: storable(span.sessionId),
    model: storable(span.model),
    provider: storable(span.provider),
    input_tokens: span.inputTokens,
    output_tokens: span.outputTokens,
    total_tokens: span.totalTokens,
    cost: null,
    first_token_ms: span.timeToFirstTokenMs,
    error_type: storable(span.errorType),
    tags: span.tags.map(storable),
    event: JSON.stringify(span.event),
    input_preview: storable(span.inputPreview),
    output_preview: storable(span.outputPreview),
    error_preview: storable(span.errorPreview),
  };
}
