import type { SpanKind, Status } from "../api/contract.js";
import { type Fields, fields, filled, finite, list, text } from "./fields.js";
import { readIo } from "./io-text.js";

/** A span as the store keeps it: what lists, filters and charts need in columns, the rest in `event`. */
export interface SpanRow {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly kind: SpanKind;
  readonly status: Status;
  /** Unix nanoseconds. */
  readonly startNs: number;
  /** Null while it runs. */
  readonly durationNs: number | null;
  readonly app: string;
  readonly version: string | null;
  readonly sessionId: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
  readonly timeToFirstTokenMs: number | null;
  readonly errorType: string | null;
  readonly errorPreview: string | null;
  readonly inputPreview: string;
  readonly outputPreview: string;
  readonly tags: readonly string[];
  /** US dollars; null where no price is known. */
  readonly cost: number | null;
  /** The whole event of the wire, as JSON. */
  readonly event: string;
}

const PREVIEW = 200;
const LONGEST_NAME = 500;
const MOST_NS = 9.2e18;

/** Reads an event of the wire, flat (`meta["span.kind"]`) or nested (`meta.span.kind`); a string says what is wrong with it. */
export function toSpanRow(event: Fields): SpanRow | string {
  const traceId = identifier(event.trace_id);
  const spanId = identifier(event.span_id);
  if (traceId === null) return "trace_id is not an id";
  if (spanId === null) return "span_id is not an id";
  const startNs = finite(event.start_ns);
  if (startNs === null || startNs < 0 || startNs > MOST_NS) return "start_ns is not a time in nanoseconds";
  const duration = event.duration ?? null;
  const durationNs = duration === null ? null : finite(duration);
  if (duration !== null && (durationNs === null || durationNs < 0 || startNs + durationNs > MOST_NS)) {
    return "duration is not a time in nanoseconds";
  }
  const meta = fields(event.meta);
  const metrics = fields(event.metrics);
  const tags = list(event.tags).filter((tag) => typeof tag === "string");
  const error = errorOf(meta);
  const failed = event.status === "error";
  const model = filled(meta.model_name);
  const provider = filled(meta.model_provider);
  const inputTokens = count(metrics.input_tokens);
  const outputTokens = count(metrics.output_tokens);
  const first = finite(metrics.time_to_first_token);
  const parent = identifier(event.parent_id);
  return {
    traceId,
    spanId,
    parentId: parent === "undefined" || parent === "0" ? null : parent,
    name: bounded(text(event.name) ?? ""),
    kind: bounded(filled(meta["span.kind"]) ?? filled(fields(meta.span).kind) ?? filled(meta.kind) ?? "span"),
    status: durationNs === null ? "running" : failed ? "error" : "ok",
    startNs: Math.round(startNs),
    durationNs: durationNs === null ? null : Math.round(durationNs),
    app: bounded(filled(event.ml_app) ?? tagValue(tags, "ml_app") ?? tagValue(tags, "service") ?? ""),
    version: tagValue(tags, "version"),
    sessionId: named(filled(event.session_id) ?? tagValue(tags, "session_id")),
    // The SDKs' words for a model they were not told.
    model: model === "custom" || model === "unknown" ? null : named(model),
    provider: provider === "custom" || provider === "unknown" ? null : named(provider),
    inputTokens,
    outputTokens,
    totalTokens:
      count(metrics.total_tokens) ??
      (inputTokens === null && outputTokens === null ? null : (inputTokens ?? 0) + (outputTokens ?? 0)),
    timeToFirstTokenMs: first === null || first < 0 ? null : first * 1000,
    errorType: failed ? bounded(error.type ?? "Error") : null,
    errorPreview: failed ? preview([error.type, error.message].filter((part) => part !== null).join(": ")) : null,
    inputPreview: preview(readIo(meta.input)),
    outputPreview: preview(readIo(meta.output)),
    tags,
    cost: null,
    event: JSON.stringify(event),
  };
}

export function errorOf(meta: Fields): { type: string | null; message: string | null; stack: string | null } {
  const nested = fields(meta.error);
  return {
    type: filled(meta["error.type"]) ?? filled(nested.type),
    message: filled(meta["error.message"]) ?? filled(nested.message),
    stack: filled(meta["error.stack"]) ?? filled(nested.stack),
  };
}

/** The value of the last tag of a key; null where it is empty. */
export function tagValue(tags: readonly string[], key: string): string | null {
  const prefix = `${key}:`;
  const found = tags.findLast((tag) => tag.startsWith(prefix));
  return found === undefined ? null : named(filled(found.slice(prefix.length)));
}

function identifier(value: unknown): string | null {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(value) ? value : null;
}

function count(value: unknown): number | null {
  const number = finite(value);
  return number === null || number < 0 || number > Number.MAX_SAFE_INTEGER ? null : Math.round(number);
}

function named(value: string | null): string | null {
  return value === null ? null : bounded(value);
}

function bounded(value: string): string {
  return value.length > LONGEST_NAME ? value.slice(0, LONGEST_NAME) : value;
}

function preview(value: string): string {
  return value
    .slice(0, PREVIEW * 2)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, PREVIEW);
}
