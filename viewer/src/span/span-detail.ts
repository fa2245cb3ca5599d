import type {
  CostDetail,
  Evaluation,
  Prompt,
  SourcePlace,
  SpanDetail,
  SpanLink,
  SpanSummary,
  ToolDefinition,
} from "../api/contract.js";
import { type Fields, fields, filled, finite, isFields, list, text } from "./fields.js";
import { readContent } from "./messages.js";
import { errorOf } from "./span-row.js";
import { readFrames } from "./stack.js";

export interface StoredSpan {
  readonly summary: SpanSummary;
  readonly traceId: string;
  readonly sessionId: string | null;
  readonly app: string;
  readonly version: string | null;
  readonly provider: string | null;
  readonly tags: readonly string[];
  /** The event of the wire. */
  readonly event: unknown;
  readonly evaluations: readonly Evaluation[];
}

/** Everything the page shows of one span. */
export function readSpanDetail(span: StoredSpan, projectFolder: string): SpanDetail {
  const event = fields(span.event);
  const meta = fields(event.meta);
  const { _llmobs, ...metadata } = fields(meta.metadata);
  const own = fields(_llmobs);
  const error = errorOf(meta);
  return {
    ...span.summary,
    traceId: span.traceId,
    sessionId: span.sessionId,
    app: span.app,
    version: span.version,
    provider: span.provider,
    input: readContent(meta.input),
    output: readContent(meta.output),
    expectedOutput: meta.expected_output ?? null,
    prompt: readPrompt(fields(meta.input).prompt),
    toolDefinitions: list(meta.tool_definitions).filter(isFields).map(readToolDefinition),
    metadata,
    metrics: readMetrics(fields(event.metrics)),
    tags: span.tags,
    error:
      span.summary.status === "error" || error.message !== null
        ? { ...error, frames: readFrames(error.stack, projectFolder) }
        : null,
    source: readSource(own),
    costs: readCosts(fields(event.metrics), span.summary.cost),
    evaluations: span.evaluations,
    links: list(event.span_links).flatMap(readLink),
    notes: readNotes(event, own),
    raw: span.event,
  };
}

function readPrompt(value: unknown): Prompt | null {
  if (!isFields(value)) return null;
  return {
    id: filled(value.id),
    version: text(value.version),
    template: text(value.template),
    chatTemplate: Array.isArray(value.chat_template)
      ? value.chat_template.filter(isFields).map((each) => ({
          role: text(each.role) ?? text(each.type) ?? "",
          content: text(each.content) ?? (filled(each.name) === null ? "" : `{{${String(each.name)}}}`),
        }))
      : null,
    variables: Object.fromEntries(
      Object.entries(fields(value.variables)).map(([key, each]) => [
        key,
        typeof each === "string" ? each : JSON.stringify(each),
      ]),
    ),
  };
}

function readToolDefinition(value: Fields): ToolDefinition {
  return { name: text(value.name) ?? "", description: filled(value.description), schema: value.schema ?? null };
}

function readMetrics(metrics: Fields): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(metrics).filter((entry): entry is [string, number] => finite(entry[1]) !== null),
  );
}

function readSource(own: Fields): SourcePlace | null {
  const file = filled(own.file);
  if (file === null) return null;
  return { file, line: finite(own.line) ?? 1, column: finite(own.column), function: filled(own.function) };
}

function readCosts(metrics: Fields, total: number | null): CostDetail | null {
  if (total === null) return null;
  const said = finite(metrics.total_cost) ?? finite(metrics.input_cost) ?? finite(metrics.output_cost);
  return {
    input: finite(metrics.input_cost),
    output: finite(metrics.output_cost),
    total,
    origin: said === null ? "catalogue" : "event",
  };
}

function readLink(value: unknown): readonly SpanLink[] {
  const { trace_id, span_id, attributes } = fields(value);
  if (typeof trace_id !== "string" || typeof span_id !== "string") return [];
  return [{ traceId: trace_id, spanId: span_id, attributes: fields(attributes) }];
}

function readNotes(event: Fields, own: Fields): readonly string[] {
  const said = list(own.notes).map((note) => text(note) ?? text(fields(note).message) ?? JSON.stringify(note));
  const dropped = list(event.collection_errors).includes("dropped_io")
    ? ["Input and output were left out: the span was larger than 5 MB."]
    : [];
  return [...dropped, ...said];
}
