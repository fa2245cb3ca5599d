import type { Settings } from "../configuration/settings.js";
import type { Json } from "../json.js";
import type { Span } from "../span/span.js";
import { VERSION } from "../version.js";

type Tags = Map<string, readonly string[]>;

/**
 * A span's tags as the members of a JSON array, `"key:value"` each, in the order
 * of dd-trace 6.21. A tag given twice keeps its place and takes the later value.
 */
export function tagsText(span: Span, settings: Settings): string {
  const { annotation, error, sessionId } = span;
  const common = commonTags(span.mlApp, settings);
  if (annotation === undefined || annotation.tags.size === 0) {
    const type = error === undefined || error.type === "" ? "" : `,${JSON.stringify(`error_type:${error.type}`)}`;
    const session = sessionId === undefined ? "" : `,${JSON.stringify(`session_id:${sessionId}`)}`;
    return `${error === undefined ? common.ok : common.failed}${type}${session}`;
  }
  return members(allTags(span, settings));
}

/** The text of one tag, several values joined by commas. */
export function tagText(span: Span, settings: Settings, key: string): string | undefined {
  const found = allTags(span, settings).get(key);
  return found?.map((tag) => tag.slice(key.length + 1)).join();
}

function allTags(span: Span, settings: Settings): Tags {
  const { annotation, error, sessionId } = span;
  const tags = new Map(builtInTags(span.mlApp, settings, error !== undefined));
  if (error !== undefined && error.type !== "") set(tags, "error_type", error.type);
  if (sessionId !== undefined) set(tags, "session_id", sessionId);
  for (const [key, value] of annotation?.tags ?? []) {
    const values: readonly Json[] = Array.isArray(value) && value.length > 0 ? value : [value];
    tags.set(
      key,
      values.map((each) => `${key}:${valueText(each)}`),
    );
  }
  return tags;
}

interface CommonTags {
  readonly ok: string;
  readonly failed: string;
}

const known = new WeakMap<Settings, Map<string, CommonTags>>();

/** What most spans of an application have in common, encoded once. */
function commonTags(mlApp: string, settings: Settings): CommonTags {
  const byApp = known.get(settings) ?? new Map<string, CommonTags>();
  known.set(settings, byApp);
  const found = byApp.get(mlApp);
  if (found !== undefined) return found;
  const made = {
    ok: members(builtInTags(mlApp, settings, false)),
    failed: members(builtInTags(mlApp, settings, true)),
  };
  // An application's name may come from a user: the number of them has a bound.
  if (byApp.size < 100) byApp.set(mlApp, made);
  return made;
}

function builtInTags(mlApp: string, settings: Settings, failed: boolean): Tags {
  const tags: Tags = new Map(settings.globalTags.map((tag) => [keyOf(tag), [tag]]));
  set(tags, "version", settings.version);
  set(tags, "env", settings.env);
  set(tags, "service", settings.service);
  set(tags, "source", "integration");
  set(tags, "ml_app", mlApp);
  set(tags, "ddtrace.version", VERSION);
  set(tags, "error", failed ? "1" : "0");
  set(tags, "language", "javascript");
  return tags;
}

function set(tags: Tags, key: string, value: string): void {
  tags.set(key, [`${key}:${value}`]);
}

function members(tags: Tags): string {
  return JSON.stringify([...tags.values()].flat()).slice(1, -1);
}

function keyOf(tag: string): string {
  const colon = tag.indexOf(":");
  return colon < 0 ? tag : tag.slice(0, colon);
}

function valueText(value: Json): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
