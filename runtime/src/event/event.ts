import type { Settings } from "../configuration/settings.js";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import type { Reporter } from "../report.js";
import { hasModel } from "../span/kinds.js";
import type { Span } from "../span/span.js";
import { type Content, spanContent } from "./content.js";
import { tagList } from "./tags.js";

/** A span as the wire has it: https://docs.datadoghq.com/llm_observability/instrumentation/api/ and dd-trace 6.21's requests. */
export interface SpanEvent {
  readonly trace_id: string;
  readonly span_id: string;
  /** Of a root the text "undefined". */
  readonly parent_id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly start_ns: number;
  readonly duration: number;
  readonly status: "ok" | "error";
  readonly meta: JsonObject;
  readonly metrics: Readonly<Record<string, number>>;
  readonly _dd: JsonObject;
  readonly session_id?: string;
}

const NS_PER_MS = 1_000_000;

export function spanEvent(span: Span, settings: Settings, reporter: Reporter): SpanEvent {
  const content = settings.capture === "full" ? safeContent(span, reporter) : NO_CONTENT;
  return {
    ...place(span),
    name: span.name,
    tags: tagList(span, settings),
    start_ns: startNs(span),
    duration: Math.round((span.duration ?? 0) * NS_PER_MS),
    status: span.error === undefined ? "ok" : "error",
    meta: meta(span, settings, content),
    metrics: metrics(span, content),
    _dd: {
      span_id: span.spanId,
      trace_id: span.trace.apmId,
      sample_rate: "1",
      sampling_decision: "1",
      apm_trace_id: span.trace.apmId,
    },
    ...(span.sessionId === undefined ? {} : { session_id: span.sessionId }),
  };
}

/** What is known of a span when it begins, in the fields of the finished event. */
export function startEvent(span: Span, settings: Settings): JsonObject {
  return {
    ...place(span),
    name: span.name,
    tags: tagList(span, settings),
    start_ns: startNs(span),
    meta: { "span.kind": span.kind, ...sourcePlace(span) },
    ...(span.sessionId === undefined ? {} : { session_id: span.sessionId }),
  };
}

function place(span: Span) {
  return { trace_id: span.traceId, span_id: span.spanId, parent_id: span.parent?.spanId ?? "undefined" };
}

function startNs(span: Span): number {
  return Math.round((span.start + span.trace.offset) * NS_PER_MS);
}

const NO_CONTENT: Content = { input: {}, output: {}, recognised: {} };

function safeContent(span: Span, reporter: Reporter): Content {
  try {
    return spanContent(span);
  } catch (error) {
    reporter.internalError("recognise", error);
    return NO_CONTENT;
  }
}

function meta(span: Span, settings: Settings, { input, output, recognised }: Content): JsonObject {
  const { annotation, agent, error } = span;
  const full = settings.capture === "full";
  const metadata: JsonObject = {
    ...recognised.metadata,
    ...annotation?.metadata,
    ...(annotation?.costTags.size ? { _dd: { cost_tags: [...annotation.costTags] } } : {}),
    ...sourcePlace(span).metadata,
  };
  return {
    "span.kind": span.kind,
    input:
      full && span.kind === "llm" && annotation?.prompt ? { ...input, prompt: prompt(annotation.prompt, span) } : input,
    output,
    ...(hasModel(span.kind)
      ? {
          model_name: span.modelName ?? recognised.modelName ?? "custom",
          model_provider: (span.modelProvider ?? recognised.modelProvider ?? "custom").toLowerCase(),
        }
      : {}),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    ...(full && annotation?.toolDefinitions ? { tool_definitions: annotation.toolDefinitions } : {}),
    ...(agent === undefined ? {} : { agent_attribution: { pagent_name: agent.name, pagent_span_id: agent.spanId } }),
    ...(error === undefined
      ? {}
      : {
          "error.message": full ? error.message : "",
          "error.type": error.type,
          "error.stack": full ? error.stack : framesOnly(error.stack),
        }),
  };
}

/** Where the compiler found the span, under the one key of ours. Only compiled spans have it. */
function sourcePlace({ site, notes }: Span): { readonly metadata?: JsonObject } {
  if (site === undefined) return {};
  const { id, file, line, column, function: name } = site;
  return {
    metadata: { _llmobs: { site: id, file, line, column, function: name, ...(notes.length > 0 ? { notes } : {}) } },
  };
}

/** A stack begins with the error's message, which is content. */
function framesOnly(stack: string): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}

function metrics(
  { annotation, kind, timeToFirstChunk }: Span,
  { recognised }: Content,
): Readonly<Record<string, number>> {
  if (!hasModel(kind)) return { ...annotation?.metrics };
  const first = timeToFirstChunk === undefined ? {} : { time_to_first_token: timeToFirstChunk };
  return { ...recognised.metrics, ...first, ...annotation?.metrics };
}

function prompt(said: JsonObject, span: Span): JsonObject {
  const { template, contextVariables, queryVariables, id, version, variables, tags } = said;
  return {
    id: typeof id === "string" ? id : `${span.mlApp}_unnamed-prompt`,
    ...(version === undefined ? {} : { version: String(version) }),
    ...(isJsonObject(variables) ? { variables: texts(variables) } : {}),
    ...(typeof template === "string" ? { template } : {}),
    ...(isJsonArray(template) ? { chat_template: template } : {}),
    ...(isJsonObject(tags) ? { tags: texts(tags) } : {}),
    _dd_context_variable_keys: isJsonArray(contextVariables) ? contextVariables : ["context"],
    _dd_query_variable_keys: isJsonArray(queryVariables) ? queryVariables : ["question"],
  };
}

function texts(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([key, value]): [string, Json] => [key, asText(value)]));
}

function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
