import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fixtureOf } from "./fixtures.js";

/** The spans of each fixture as text: one line a span, indented by depth, in the order they began. */
export type SpanTrees = Readonly<Record<string, SpanTree>>;

export interface SpanTree {
  /** Kind, name, input, output, error and annotations. */
  readonly tree: string;
  /** The same with each span's place in the source. */
  readonly withPlaces: string;
}

/** The parts of the wire's event that a tagged function decides. */
interface Event {
  readonly span_id: string;
  readonly parent_id: string;
  readonly name: string;
  readonly start_ns: number;
  readonly status?: string;
  readonly session_id?: string;
  readonly tags: readonly string[];
  readonly metrics?: Readonly<Record<string, number>>;
  readonly meta: {
    readonly "span.kind": string;
    readonly input?: Content;
    readonly output?: Content;
    readonly model_name?: string;
    readonly "error.type"?: string;
    readonly "error.message"?: string;
    readonly metadata: { readonly _llmobs: Place } & Readonly<Record<string, unknown>>;
  };
}

type Content = Readonly<Record<string, unknown>>;

interface Place {
  readonly site: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string;
  readonly notes?: readonly string[];
}

interface SpanRecord {
  readonly event: Event;
  readonly open: boolean;
}

export function readSpanTrees(folder: string): SpanTrees {
  const byFixture = new Map<string, SpanRecord[]>();
  for (const record of readRecords(folder)) {
    const fixture = fixtureOf(record.event.meta.metadata._llmobs.file);
    byFixture.set(fixture, [...(byFixture.get(fixture) ?? []), record]);
  }
  return Object.fromEntries(
    [...byFixture].map(([fixture, records]) => [
      fixture,
      { tree: printTree(records, describe), withPlaces: printTree(records, describeWithPlace) },
    ]),
  );
}

/** Finished spans, and those that have begun and never ended. */
function readRecords(folder: string): readonly SpanRecord[] {
  const lines = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith(".ndjson"))
    .flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"))
    .filter((line) => line !== "");
  const spans = new Map<string, SpanRecord>();
  for (const line of lines) {
    const { type, event }: { readonly type: string; readonly event: Event } = JSON.parse(line);
    const open = type === "start";
    if (open && spans.has(event.span_id)) continue;
    // Spans that begin in one tick of the clock stay in the order in which they ended.
    spans.delete(event.span_id);
    spans.set(event.span_id, { event, open });
  }
  return [...spans.values()].sort((a, b) => a.event.start_ns - b.event.start_ns);
}

function printTree(records: readonly SpanRecord[], print: (record: SpanRecord) => string): string {
  const ids = new Set(records.map(({ event }) => event.span_id));
  const below = (parent: string, depth: number): readonly string[] =>
    records
      .filter(({ event }) => event.parent_id === parent)
      .flatMap((record) => ["  ".repeat(depth) + print(record), ...below(record.event.span_id, depth + 1)]);
  return records
    .filter(({ event }) => !ids.has(event.parent_id))
    .flatMap((record) => [print(record), ...below(record.event.span_id, 1)])
    .join("\n");
}

function describe({ event, open }: SpanRecord): string {
  const { meta, name, session_id: session, status } = event;
  const { _llmobs: place, ...metadata } = meta.metadata;
  const tags = event.tags.filter(
    (tag) => !/^(?:version|env|service|source|ml_app|ddtrace|error|language|session_id)/.test(tag),
  );
  const parts = [
    `${meta["span.kind"]} ${name}`,
    content(meta.input),
    open ? "(open)" : `=> ${content(meta.output) || "-"}`,
    status === "error" ? `!${meta["error.type"]}: ${meta["error.message"]}` : "",
    said("metadata", metadata),
    said("metrics", timeless(event.metrics ?? {})),
    tags.length === 0 ? "" : `tags=${tags.join(",")}`,
    session === undefined ? "" : `session=${session}`,
    meta.model_name === undefined ? "" : `model=${meta.model_name}`,
    place.notes === undefined ? "" : `notes=${JSON.stringify(place.notes)}`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function describeWithPlace(record: SpanRecord): string {
  const { site, line, column, function: name } = record.event.meta.metadata._llmobs;
  return `${describe(record)} @ ${site} ${name}:${line}:${column}`;
}

function content(side: Content | undefined): string {
  const { value, ...rest } = side ?? {};
  if (value !== undefined) return value === "" ? '""' : String(value);
  return Object.keys(rest).length === 0 ? "" : JSON.stringify(rest);
}

/** How long something took differs from run to run; that it was measured does not. */
function timeless(metrics: Readonly<Record<string, number>>): Readonly<Record<string, unknown>> {
  return "time_to_first_token" in metrics ? { ...metrics, time_to_first_token: "measured" } : metrics;
}

function said(name: string, values: Readonly<Record<string, unknown>>): string {
  return Object.keys(values).length === 0 ? "" : `${name}=${JSON.stringify(values)}`;
}
