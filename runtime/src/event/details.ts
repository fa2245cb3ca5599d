import type { Annotation } from "../annotation/annotation.js";
import type { Settings } from "../configuration/settings.js";
import { isJsonObject, type Json, type JsonObject } from "../json.js";
import { framesOnly } from "../span/error.js";
import { hasModel } from "../span/kinds.js";
import type { Span } from "../span/span.js";
import type { Content } from "./content.js";
import type { JsonWriter } from "./json-writer.js";
import { placeAsMetadata, sourcePlace } from "./source-place.js";
import type { WriteValue } from "./write-value.js";

/** Writes what ends `meta`, behind input and output: model, metadata, tools, agent and error. */
export function writeDetails(
  writer: JsonWriter,
  span: Span,
  settings: Settings,
  content: Content,
  write: WriteValue,
): void {
  const { annotation, agent, kind, site, notes, error } = span;
  const isPlain = annotation === undefined && agent === undefined && error === undefined && notes.length === 0;
  if (isPlain && site !== undefined && !hasModel(kind)) {
    writer.raw(placeAsMetadata(site));
    return;
  }
  const isFull = settings.capture === "full";
  if (hasModel(kind)) writeModel(writer, span, content);
  writeMetadata(writer, span, settings, content, write);
  const offered = span.hidesInput ? undefined : content.recognised.toolDefinitions;
  const tools = isFull ? (annotation?.toolDefinitions ?? offered) : undefined;
  if (tools !== undefined) {
    writer.ascii(',"tool_definitions":');
    write(writer, tools, "json");
  }
  if (agent !== undefined) {
    writer.text(`,"agent_attribution":{"pagent_name":${json(agent.name)},"pagent_span_id":"${agent.spanId}"}`);
  }
  writeError(writer, span, isFull);
}

function writeModel(writer: JsonWriter, { modelName, modelProvider }: Span, { recognised }: Content): void {
  const name = modelName ?? recognised.modelName ?? "custom";
  const provider = modelProvider ?? recognised.modelProvider ?? "custom";
  writer.text(`,"model_name":${json(name)},"model_provider":${json(provider.toLowerCase())}`);
}

function writeMetadata(
  writer: JsonWriter,
  { annotation, name, site, notes }: Span,
  { capture }: Settings,
  { recognised }: Content,
  write: WriteValue,
): void {
  const { own, said } = withoutReserved(merged(recognised.metadata, annotation?.metadata));
  const reserved = { ...own, ...costTags(annotation), ...manifest(annotation?.agent, name, capture) };
  const hasReserved = Object.keys(reserved).length > 0;
  const hasSaid = Object.values(said).some((value) => value !== undefined);
  if (!hasSaid && !hasReserved && site === undefined) return;
  writer.ascii(',"metadata":');
  if (hasSaid) {
    write(writer, said, "json");
    writer.dropLast();
  } else writer.ascii("{");
  if (hasReserved) writer.text(`${hasSaid ? "," : ""}"_dd":${json(reserved)}`);
  if (site !== undefined) {
    const remarks = notes.length === 0 ? "" : `,"notes":${json(notes)}`;
    writer.text(`${hasSaid || hasReserved ? "," : ""}"_llmobs":{${sourcePlace(site)}${remarks}}`);
  }
  writer.ascii("}");
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

function writeError(writer: JsonWriter, { error: found }: Span, isFull: boolean): void {
  if (found === undefined) return;
  writer.ascii(',"error.message":');
  writer.string(isFull ? found.message : "");
  writer.ascii(',"error.type":');
  writer.string(found.type);
  writer.ascii(',"error.stack":');
  writer.string(isFull ? found.stack : framesOnly(found.stack));
}

const json: (value: unknown) => string = JSON.stringify;
