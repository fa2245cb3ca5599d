import type { Settings } from "../configuration/settings.js";
import type { EncodedEvent, EncodingSteps } from "../export/record.js";
import type { Reporter } from "../report.js";
import type { Sampling } from "../sampling/sampling.js";
import { hasModel, SPAN_KINDS, type SpanKind } from "../span/kinds.js";
import type { Span } from "../span/span.js";
import { type Content, readContent, type Side } from "./content.js";
import { writeDetails } from "./details.js";
import { asciiBytes } from "./escapes.js";
import { JsonWriter } from "./json-writer.js";
import { type LargeValue, writeInSteps } from "./large-values.js";
import { named } from "./named.js";
import { promptOnWire } from "./prompt.js";
import { placeAsMetadata } from "./source-place.js";
import { type WriteValue, writeValue } from "./write-value.js";

/*
 * Events are the wire's own: the requests of dd-trace 6.21, key for key, and
 * https://docs.datadoghq.com/llm_observability/instrumentation/api/. They are put
 * together in bytes, and what a site or the settings fix is encoded once.
 */

const NS_PER_MS = 1_000_000;

/** The official SDK's words, which the product's UI knows. */
const DROPPED: Side = {
  type: "value",
  value: "[This value has been dropped because this span's size exceeds the 5MB size limit.]",
};

/** One for all events: each is handed on before the next is begun. */
const shared = new JsonWriter();

/** A finished span as one line of JSON. Beyond the intake's limit input and output are dropped, and it says so. */
export function spanEvent(span: Span, settings: Settings, reporter: Reporter): EncodedEvent {
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
export function startEvent(span: Span, settings: Settings): EncodedEvent {
  shared.reset();
  writeBegun(shared, span, settings);
  shared.ascii(`,"meta":{"span.kind":"${span.kind}"`);
  if (span.site !== undefined) shared.raw(placeAsMetadata(span.site));
  shared.raw(CLOSE);
  writeSession(shared, span);
  shared.raw(CLOSE);
  return shared;
}

function eventOf(span: Span, settings: Settings, content: Content, write: WriteValue): EncodedEvent {
  shared.reset();
  writeFinished(shared, span, settings, content, write);
  shared.raw(CLOSE);
  if (shared.length <= settings.maxEventBytes) return shared;
  shared.reset();
  writeFinished(shared, span, settings, { ...content, input: DROPPED, output: DROPPED }, write);
  shared.ascii(',"collection_errors":["dropped_io"]}');
  return shared;
}

const CLOSE = asciiBytes("}");
const QUOTE = asciiBytes('"');
const TRACE_ID = asciiBytes('{"trace_id":"');
const SPAN_ID = asciiBytes('","span_id":"');
const PARENT_ID = asciiBytes('","parent_id":"');
const START = asciiBytes(',"start_ns":');
const DURATION = asciiBytes(',"duration":');
const OUTPUT = asciiBytes('},"output":{');
const END_OUTPUT = asciiBytes("}");
const METRICS = asciiBytes('},"metrics":');
const NO_METRICS = asciiBytes("{}");
const OWN_SPAN = asciiBytes(',"_dd":{"span_id":"');
const OWN_TRACE = asciiBytes('","trace_id":"');
const APM_TRACE = asciiBytes('"apm_trace_id":"');
const KEPT_APM_TRACE = asciiBytes('","sample_rate":"1","sampling_decision":"1","apm_trace_id":"');
const END_OWN = asciiBytes('"}');
const VALUE = asciiBytes('"value":');

/** What stands between a span's times and its input, by its kind. */
const OK = new Map(SPAN_KINDS.map((kind) => [kind, beforeInput(kind, "ok")]));
const FAILED = new Map(SPAN_KINDS.map((kind) => [kind, beforeInput(kind, "error")]));

function beforeInput(kind: SpanKind, status: "ok" | "error"): Uint8Array {
  return asciiBytes(`,"status":"${status}","meta":{"span.kind":"${kind}","input":{`);
}

function writeFinished(writer: JsonWriter, span: Span, settings: Settings, content: Content, write: WriteValue): void {
  writeBegun(writer, span, settings);
  writer.raw(DURATION);
  writer.digits(Math.round((span.duration ?? 0) * NS_PER_MS), 1);
  writer.raw((span.error === undefined ? OK : FAILED).get(span.kind) ?? CLOSE);
  writeInput(writer, span, settings, content, write);
  writer.raw(OUTPUT);
  writeSide(writer, content.output, write);
  writer.raw(END_OUTPUT);
  writeDetails(writer, span, settings, content, write);
  writer.raw(METRICS);
  writeMetrics(writer, span, content);
  writer.raw(OWN_SPAN);
  span.writeId(writer);
  writer.raw(OWN_TRACE);
  span.trace.writeApmId(writer);
  writeSampling(writer, span.trace.sampling(settings.sampleRate));
  span.trace.writeApmId(writer);
  writer.raw(END_OWN);
  writeSession(writer, span);
}

function writeBegun(writer: JsonWriter, span: Span, settings: Settings): void {
  writer.raw(TRACE_ID);
  span.trace.writeId(writer);
  writer.raw(SPAN_ID);
  span.writeId(writer);
  writer.raw(PARENT_ID);
  // The wire says "undefined" where a span has no parent.
  writer.text(span.parent?.spanId ?? "undefined");
  writer.raw(QUOTE);
  writer.raw(named(span, settings));
  writer.raw(START);
  writeNanoseconds(writer, span.start + span.trace.offset);
}

/** Beyond 2^53, where numbers have gaps: in two parts, both exact. */
function writeNanoseconds(writer: JsonWriter, ms: number): void {
  const seconds = Math.floor(ms / 1000);
  writer.digits(seconds, 1);
  writer.digits(Math.floor((ms - seconds * 1000) * NS_PER_MS), 9);
}

function writeSampling(writer: JsonWriter, sampling: Sampling | null): void {
  if (sampling?.rate === "1" && sampling.decision === "1") {
    writer.raw(KEPT_APM_TRACE);
    return;
  }
  writer.ascii('",');
  if (sampling !== null) {
    writer.text(`"sample_rate":${json(sampling.rate)},"sampling_decision":"${sampling.decision}",`);
  }
  writer.raw(APM_TRACE);
}

function writeSession(writer: JsonWriter, { sessionId }: Span): void {
  if (sessionId === undefined) return;
  writer.ascii(',"session_id":');
  writer.string(sessionId);
}

/** The members of `meta.input`. */
function writeInput(
  writer: JsonWriter,
  { annotation, kind, mlApp }: Span,
  { capture }: Settings,
  { input }: Content,
  write: WriteValue,
): void {
  writeSide(writer, input, write);
  const prompt = capture === "full" && kind === "llm" ? annotation?.prompt : undefined;
  if (prompt === undefined) return;
  writer.ascii(input.type === "none" ? '"prompt":' : ',"prompt":');
  writer.json(promptOnWire(prompt, mlApp));
}

/** The members of `meta.input` or `meta.output` that hold a side. */
function writeSide(writer: JsonWriter, content: Side, write: WriteValue): void {
  switch (content.type) {
    case "none":
      return;
    case "value":
      writer.raw(VALUE);
      write(writer, content.value, "text");
      return;
    case "messages":
    case "documents":
      writer.ascii(`"${content.type}":`);
      write(writer, content.list, "json");
  }
}

function writeMetrics(writer: JsonWriter, { annotation, kind, timeToFirstChunk }: Span, { recognised }: Content): void {
  // Tokens belong to model calls; counted elsewhere they would be counted twice.
  if (!hasModel(kind)) {
    if (annotation === undefined) writer.raw(NO_METRICS);
    else writer.json(annotation.metrics);
    return;
  }
  const first = timeToFirstChunk === undefined ? {} : { time_to_first_token: timeToFirstChunk };
  writer.json({ ...recognised.metrics, ...first, ...annotation?.metrics });
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

const json: (value: unknown) => string = JSON.stringify;
