import type { Annotation } from "../annotation/annotation.js";
import type { Settings } from "../configuration/settings.js";
import { asciiLength } from "../export/ascii.js";
import type { EncodingSteps } from "../export/record.js";
import { isJsonObject, type Json, type JsonObject } from "../json.js";
import type { Reporter } from "../report.js";
import type { Site } from "../site.js";
import { framesOnly } from "../span/error.js";
import { hasModel, SPAN_KINDS, type SpanKind } from "../span/kinds.js";
import type { Span } from "../span/span.js";
import { type Content, NO_CONTENT, type Side, spanContent } from "./content.js";
import { type WriteValue, writeValue } from "./json-text.js";
import { type LargeValue, writeInSteps } from "./large-values.js";
import { named } from "./named.js";
import { promptOnWire } from "./prompt.js";
import { sourcePlace } from "./source-place.js";

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

/** A finished span as one line of JSON. Beyond the intake's limit input and output are dropped, and it says so. */
export function spanEvent(span: Span, settings: Settings, reporter: Reporter): string {
  return eventOf(span, settings, readContent(span, settings, reporter), writeValue);
}

/** The same for a large span, giving the event loop back in between. */
export function* spanEventSteps(span: Span, settings: Settings, reporter: Reporter): EncodingSteps {
  const content = readContent(span, settings, reporter);
  yield;
  const write = yield* writeInSteps(valuesOf(span, settings, content));
  return eventOf(span, settings, content, write);
}

/** What is known of a span when it begins, in the fields of the finished event. */
export function startEvent(span: Span, settings: Settings): string {
  const place = span.site === undefined ? "" : `,"metadata":{"_llmobs":{${sourcePlace(span.site)}}}`;
  return `{${begun(span, settings)},"meta":{"span.kind":"${span.kind}"${place}}${session(span)}}`;
}

function eventOf(span: Span, settings: Settings, content: Content, write: WriteValue): string {
  const event = `{${finished(span, settings, content, write)}}`;
  if (fits(event, settings.maxEventBytes)) return event;
  const without = { ...content, input: DROPPED, output: DROPPED };
  return `{${finished(span, settings, without, write)},"collection_errors":["dropped_io"]}`;
}

/** One unit takes six bytes at most. */
function fits(event: string, maxBytes: number): boolean {
  return event.length * 6 <= maxBytes || asciiLength(event) <= maxBytes;
}

function finished(span: Span, settings: Settings, content: Content, write: WriteValue): string {
  const { annotation, kind, spanId } = span;
  const { apmId } = span.trace;
  const full = settings.capture === "full";
  const sampling = span.trace.sampling(settings.sampleRate);
  const sampled =
    sampling === null ? "" : `"sample_rate":${json(sampling.rate)},"sampling_decision":"${sampling.decision}",`;
  const input = side(content.input, write);
  const prompt = full && kind === "llm" ? annotation?.prompt : undefined;
  const withPrompt =
    prompt === undefined ? input : `${input}${input && ","}"prompt":${json(promptOnWire(prompt, span.mlApp))}`;
  return (
    `${begun(span, settings)},"duration":${Math.round((span.duration ?? 0) * NS_PER_MS)}` +
    `${(span.error === undefined ? OK : FAILED).get(kind)}${withPrompt}},"output":{${side(content.output, write)}}` +
    `${described(span, settings, content, write)},"metrics":${metrics(span, content)},"_dd":{"span_id":"${spanId}` +
    `","trace_id":"${apmId}",${sampled}"apm_trace_id":"${apmId}"}${session(span)}`
  );
}

function begun(span: Span, settings: Settings): string {
  // The wire says "undefined" where a span has no parent.
  const parentId = span.parent?.spanId ?? "undefined";
  return (
    `"trace_id":"${span.traceId}","span_id":"${span.spanId}","parent_id":"${parentId}"` +
    `${named(span, settings)},"start_ns":${nanoseconds(span.start + span.trace.offset)}`
  );
}

/** Beyond 2^53, where numbers have gaps and are slow to print: in two parts, both exact. */
function nanoseconds(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${seconds}${String(Math.floor((ms - seconds * 1000) * NS_PER_MS)).padStart(9, "0")}`;
}

/** What stands between a span's times and its input, by its kind. */
const OK = new Map(SPAN_KINDS.map((kind) => [kind, beforeInput(kind, "ok")]));
const FAILED = new Map(SPAN_KINDS.map((kind) => [kind, beforeInput(kind, "error")]));

function beforeInput(kind: SpanKind, status: "ok" | "error"): string {
  return `,"status":"${status}","meta":{"span.kind":"${kind}","input":{`;
}

function session({ sessionId }: Span): string {
  return sessionId === undefined ? "" : `,"session_id":${json(sessionId)}`;
}

/** What is recorded of input and output. Never throws. */
export function readContent(span: Span, settings: Settings, reporter: Reporter): Content {
  return span.content ?? visibleContent(span, settings, safeContent(span, reporter));
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

/** What ends `meta`, behind input and output. */
function described(span: Span, settings: Settings, content: Content, write: WriteValue): string {
  const { annotation, agent, kind, site, notes, error } = span;
  if (hasModel(kind)) return `${model(span, content)}${details(span, settings, content, write)}}`;
  const isPlain = annotation === undefined && agent === undefined && error === undefined && notes.length === 0;
  if (!isPlain || site === undefined) return `${details(span, settings, content, write)}}`;
  return plainEnd(site);
}

const plainEnds = new WeakMap<Site, string>();

/** The same for most spans of a site: encoded once. */
function plainEnd(site: Site): string {
  const known = plainEnds.get(site);
  if (known !== undefined) return known;
  const text = `,"metadata":{"_llmobs":{${sourcePlace(site)}}}}`;
  plainEnds.set(site, text);
  return text;
}

function details(span: Span, settings: Settings, content: Content, write: WriteValue): string {
  const { annotation, agent } = span;
  const full = settings.capture === "full";
  const offered = span.hidesInput ? undefined : content.recognised.toolDefinitions;
  const tools = full ? (annotation?.toolDefinitions ?? offered) : undefined;
  return (
    metadata(span, settings, content, write) +
    (tools === undefined ? "" : `,"tool_definitions":${write(tools, "json")}`) +
    (agent === undefined
      ? ""
      : `,"agent_attribution":{"pagent_name":${json(agent.name)},"pagent_span_id":"${agent.spanId}"}`) +
    error(span, full)
  );
}

/** The members of `meta.input` or `meta.output`. */
function side(content: Side, write: WriteValue): string {
  switch (content.type) {
    case "none":
      return "";
    case "value":
      return `"value":${write(content.value, "text")}`;
    case "messages":
    case "documents":
      return `"${content.type}":${write(content.list, "json")}`;
  }
}

/** What may be too large to be written at once. */
function valuesOf({ annotation }: Span, { capture }: Settings, content: Content): readonly LargeValue[] {
  const sides = [content.input, content.output].flatMap((each): readonly LargeValue[] => {
    if (each.type === "none") return [];
    return [each.type === "value" ? [each.value, "text"] : [each.list, "json"]];
  });
  const { metadata, toolDefinitions } = annotation ?? {};
  return [
    ...sides,
    ...(metadata === undefined ? [] : [[metadata, "json"] as const]),
    ...(toolDefinitions === undefined || capture !== "full" ? [] : [[toolDefinitions, "json"] as const]),
  ];
}

function model({ modelName, modelProvider }: Span, { recognised }: Content): string {
  const name = modelName ?? recognised.modelName ?? "custom";
  const provider = modelProvider ?? recognised.modelProvider ?? "custom";
  return `,"model_name":${json(name)},"model_provider":${json(provider.toLowerCase())}`;
}

function metadata(
  { annotation, name, site, notes }: Span,
  { capture }: Settings,
  { recognised }: Content,
  write: WriteValue,
): string {
  const { own, said } = withoutReserved(merged(recognised.metadata, annotation?.metadata));
  const parts: string[] = [];
  const text = write(said, "json");
  if (text !== "{}") parts.push(text.slice(1, -1));
  const reserved = { ...own, ...costTags(annotation), ...manifest(annotation?.agent, name, capture) };
  if (Object.keys(reserved).length > 0) parts.push(`"_dd":${json(reserved)}`);
  if (site !== undefined) {
    parts.push(`"_llmobs":{${sourcePlace(site)}${notes.length === 0 ? "" : `,"notes":${json(notes)}`}}`);
  }
  return parts.length === 0 ? "" : `,"metadata":{${parts.join(",")}}`;
}

const NOTHING: JsonObject = {};

/** What was said wins over what was read. */
function merged(read: JsonObject = NOTHING, said: JsonObject = NOTHING): JsonObject {
  return Object.keys(read).length === 0 ? said : { ...read, ...said };
}

/** `_dd` is the wire's own key, which may hold something of the program's; `_llmobs` is ours. */
function withoutReserved(metadata: JsonObject): { readonly own: JsonObject; readonly said: JsonObject } {
  if (metadata._dd === undefined && metadata._llmobs === undefined) return { own: NOTHING, said: metadata };
  const { _dd: own, _llmobs, ...said }: Readonly<Record<string, Json>> = metadata;
  return { own: isJsonObject(own) ? own : NOTHING, said };
}

function costTags(annotation: Annotation | undefined): JsonObject {
  return annotation === undefined || annotation.costTags.size === 0 ? NOTHING : { cost_tags: [...annotation.costTags] };
}

/** An agent's instructions and tools are content. */
function manifest(agent: Annotation["agent"], name: string, capture: Settings["capture"]): JsonObject {
  if (agent === undefined) return NOTHING;
  const { instructions, tools, ...plain } = agent;
  return { agent_manifest: { framework: "manual", name, ...(capture === "full" ? agent : plain) } };
}

function error({ error: found }: Span, full: boolean): string {
  if (found === undefined) return "";
  const message = full ? found.message : "";
  const stack = full ? found.stack : framesOnly(found.stack);
  return `,"error.message":${json(message)},"error.type":${json(found.type)},"error.stack":${json(stack)}`;
}

function metrics({ annotation, kind, timeToFirstChunk }: Span, { recognised }: Content): string {
  // Tokens belong to model calls; counted elsewhere they would be counted twice.
  if (!hasModel(kind)) return annotation === undefined ? "{}" : json(annotation.metrics);
  const first = timeToFirstChunk === undefined ? {} : { time_to_first_token: timeToFirstChunk };
  return json({ ...recognised.metrics, ...first, ...annotation?.metrics });
}

const json: (value: unknown) => string = JSON.stringify;
