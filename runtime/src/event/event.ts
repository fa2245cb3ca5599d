import type { Settings } from "../configuration/settings.js";
import { MAX_EVENT_BYTES } from "../export/envelope.js";
import type { Json } from "../json.js";
import type { Reporter } from "../report.js";
import { hasModel } from "../span/kinds.js";
import type { Span } from "../span/span.js";
import { type Content, NO_CONTENT, type Side, spanContent } from "./content.js";
import { promptOnWire } from "./prompt.js";
import { sourcePlace } from "./source-place.js";
import { tagsText } from "./tags.js";
import { toAscii } from "./to-ascii.js";

/*
 * Events are the wire's own: the requests of dd-trace 6.21, key for key, and
 * https://docs.datadoghq.com/llm_observability/instrumentation/api/. They are put
 * together as text, so that what a site or the settings fix is encoded once.
 */

const NS_PER_MS = 1_000_000;

/** The official SDK's words, which the product's UI knows. */
const DROPPED: Side = {
  type: "value",
  value: "[This value has been dropped because this span's size exceeds the 5MB size limit.]",
};

/** A finished span as one line of ASCII JSON. Beyond the intake's limit input and output are dropped, and it says so. */
export function spanEvent(span: Span, settings: Settings, reporter: Reporter): string {
  const content = visibleContent(span, settings, safeContent(span, reporter));
  const event = toAscii(`{${finished(span, settings, content)}}`);
  if (event.length <= MAX_EVENT_BYTES) return event;
  const without = { ...content, input: DROPPED, output: DROPPED };
  return toAscii(`{${finished(span, settings, without)},"collection_errors":["dropped_io"]}`);
}

/** What is known of a span when it begins, in the fields of the finished event. */
export function startEvent(span: Span, settings: Settings): string {
  const place = span.site === undefined ? "" : `,"metadata":{"_llmobs":{${sourcePlace(span.site)}}}`;
  return toAscii(`{${begun(span, settings)},"meta":{"span.kind":"${span.kind}"${place}}${session(span)}}`);
}

function finished(span: Span, settings: Settings, content: Content): string {
  const { apmId } = span.trace;
  return (
    `${begun(span, settings)},"duration":${Math.round((span.duration ?? 0) * NS_PER_MS)},` +
    `"status":"${span.error === undefined ? "ok" : "error"}",` +
    `"meta":{${meta(span, settings, content)}},"metrics":${json(metrics(span, content))},` +
    `"_dd":{"span_id":"${span.spanId}","trace_id":"${apmId}","sample_rate":"1","sampling_decision":"1",` +
    `"apm_trace_id":"${apmId}"}${session(span)}`
  );
}

function begun(span: Span, settings: Settings): string {
  // The wire says "undefined" where a span has no parent.
  return (
    `"trace_id":"${span.traceId}","span_id":"${span.spanId}","parent_id":"${span.parent?.spanId ?? "undefined"}",` +
    `"name":${json(span.name)},"tags":[${tagsText(span, settings)}],` +
    `"start_ns":${Math.round((span.start + span.trace.offset) * NS_PER_MS)}`
  );
}

function session({ sessionId }: Span): string {
  return sessionId === undefined ? "" : `,"session_id":${json(sessionId)}`;
}

/** What of the content may be recorded: outside of full capture what was read of it alone, such as tokens. */
function visibleContent(span: Span, settings: Settings, content: Content): Content {
  const { input, output, recognised } = content;
  const none = NO_CONTENT.input;
  if (settings.capture === "full") {
    if (!span.hidesInput && !span.hidesOutput) return content;
    return { input: span.hidesInput ? none : input, output: span.hidesOutput ? none : output, recognised };
  }
  // Of the parameters those that can't quote anybody.
  const metadata = Object.entries(recognised.metadata ?? {}).filter(([, value]) => typeof value !== "object");
  return { input: none, output: none, recognised: { ...recognised, metadata: Object.fromEntries(metadata) } };
}

function safeContent(span: Span, reporter: Reporter): Content {
  try {
    return spanContent(span);
  } catch (error) {
    reporter.internalError("recognise", error);
    return NO_CONTENT;
  }
}

function meta(span: Span, settings: Settings, content: Content): string {
  const { annotation, agent, kind } = span;
  const full = settings.capture === "full";
  const prompt = full && kind === "llm" ? annotation?.prompt : undefined;
  const withPrompt = prompt === undefined ? [] : [`"prompt":${json(promptOnWire(prompt, span))}`];
  const offered = span.hidesInput ? undefined : content.recognised.toolDefinitions;
  const tools = full ? (annotation?.toolDefinitions ?? offered) : undefined;
  return (
    `"span.kind":"${kind}","input":{${[...side(content.input), ...withPrompt].join()}},"output":{${side(content.output).join()}}` +
    (hasModel(kind) ? model(span, content) : "") +
    metadata(span, content) +
    (tools === undefined ? "" : `,"tool_definitions":${json(tools)}`) +
    (agent === undefined
      ? ""
      : `,"agent_attribution":{"pagent_name":${json(agent.name)},"pagent_span_id":"${agent.spanId}"}`) +
    error(span, full)
  );
}

/** The members of `meta.input` or `meta.output`. */
function side(content: Side): readonly string[] {
  switch (content.type) {
    case "none":
      return [];
    case "value":
      return [`"value":${quoted(content.value)}`];
    case "messages":
    case "documents":
      return [`"${content.type}":${json(content.list)}`];
  }
}

/** JSON of the text of a value. Text that is JSON already has nothing to escape but these two. */
function quoted(value: Json): string {
  if (typeof value === "string") return json(value);
  return `"${json(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function model({ modelName, modelProvider }: Span, { recognised }: Content): string {
  const name = modelName ?? recognised.modelName ?? "custom";
  const provider = modelProvider ?? recognised.modelProvider ?? "custom";
  return `,"model_name":${json(name)},"model_provider":${json(provider.toLowerCase())}`;
}

function metadata({ annotation, site, notes }: Span, { recognised }: Content): string {
  const parts: string[] = [];
  const said = { ...recognised.metadata, ...annotation?.metadata };
  const text = json(said);
  if (text !== "{}") parts.push(text.slice(1, -1));
  if (annotation !== undefined && annotation.costTags.size > 0) {
    parts.push(`"_dd":{"cost_tags":${json([...annotation.costTags])}}`);
  }
  if (site !== undefined) {
    parts.push(`"_llmobs":{${sourcePlace(site)}${notes.length === 0 ? "" : `,"notes":${json(notes)}`}}`);
  }
  return parts.length === 0 ? "" : `,"metadata":{${parts.join(",")}}`;
}

function error({ error: found }: Span, full: boolean): string {
  if (found === undefined) return "";
  const message = full ? found.message : "";
  const stack = full ? found.stack : framesOnly(found.stack);
  return `,"error.message":${json(message)},"error.type":${json(found.type)},"error.stack":${json(stack)}`;
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
  // Tokens belong to model calls; counted elsewhere they would be counted twice.
  if (!hasModel(kind)) return annotation?.metrics ?? {};
  const first = timeToFirstChunk === undefined ? {} : { time_to_first_token: timeToFirstChunk };
  return { ...recognised.metrics, ...first, ...annotation?.metrics };
}

const json: (value: unknown) => string = JSON.stringify;
