/** What the terminal shows of a span; read from the events of local files. */
export interface TerminalSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly kind: string;
  readonly name: string;
  readonly startNs: number;
  /** Undefined while it runs, or when the program ended before it did. */
  readonly durationNs: number | undefined;
  readonly error: string | undefined;
  readonly sessionId: string | undefined;
  readonly model: string | undefined;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  /** `file:line` of compiled spans. */
  readonly place: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads one line of a span file; undefined for anything that is not a span, such as a torn last line. */
export function parseRecord(line: string): TerminalSpan | undefined {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isFields(record) || record.v !== 1 || !(record.type === "start" || record.type === "span")) return undefined;
  const { event } = record;
  return isFields(event) ? toSpan(event) : undefined;
}

function toSpan(event: Fields): TerminalSpan | undefined {
  const traceId = text(event.trace_id);
  const spanId = text(event.span_id);
  if (traceId === undefined || spanId === undefined) return undefined;
  const meta = fields(event.meta);
  const metrics = fields(event.metrics);
  const source = fields(fields(meta.metadata)._llmobs);
  const file = text(source.file);
  const model = text(meta.model_name);
  return {
    traceId,
    spanId,
    parentId: text(event.parent_id) ?? "undefined",
    kind: text(meta["span.kind"]) ?? "span",
    name: text(event.name) ?? "",
    startNs: number(event.start_ns) ?? 0,
    durationNs: number(event.duration),
    error: event.status === "error" ? errorText(meta) : undefined,
    sessionId: text(event.session_id),
    model: model === "custom" ? undefined : model,
    inputTokens: number(metrics.input_tokens),
    outputTokens: number(metrics.output_tokens),
    place: file === undefined ? undefined : `${file}:${number(source.line) ?? 1}`,
  };
}

function errorText(meta: Fields): string {
  const type = text(meta["error.type"]) ?? "Error";
  const message = text(meta["error.message"]);
  return message ? `${type}: ${message}` : type;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
