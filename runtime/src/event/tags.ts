import type { Settings } from "../configuration/settings.js";
import type { Json } from "../json.js";
import type { Span } from "../span/span.js";
import { VERSION } from "../version.js";

/** A span's tags, `key:value` each, in the order of dd-trace 6.21. User tags replace earlier ones of their key in place. */
export function tagList(span: Span, settings: Settings): readonly string[] {
  const tags = new Map<string, readonly string[]>();
  for (const tag of settings.globalTags) tags.set(keyOf(tag), [tag]);
  const set = (key: string, value: string) => tags.set(key, [`${key}:${value}`]);
  set("version", settings.version);
  set("env", settings.env);
  set("service", settings.service);
  set("source", "integration");
  set("ml_app", span.mlApp);
  set("ddtrace.version", VERSION);
  set("error", span.error === undefined ? "0" : "1");
  set("language", "javascript");
  if (span.error !== undefined && span.error.type !== "") set("error_type", span.error.type);
  if (span.sessionId !== undefined) set("session_id", span.sessionId);
  for (const [key, value] of span.annotation?.tags ?? []) {
    const values: readonly Json[] = Array.isArray(value) && value.length > 0 ? value : [value];
    tags.set(
      key,
      values.map((each) => `${key}:${tagText(each)}`),
    );
  }
  return [...tags.values()].flat();
}

function keyOf(tag: string): string {
  const colon = tag.indexOf(":");
  return colon < 0 ? tag : tag.slice(0, colon);
}

function tagText(value: Json): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
