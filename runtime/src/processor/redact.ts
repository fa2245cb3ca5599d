import { REDACTED } from "../capture/sensitive-keys.js";
import { isJsonArray, isJsonObject, type Json } from "../json.js";
import { state } from "../state.js";
import type { ProcessedItem, ProcessedSpan, Processor } from "./processed-span.js";
import { type RedactPath, redactPaths } from "./redact-paths.js";

interface Rules {
  readonly paths: readonly RedactPath[];
  readonly patterns: readonly RegExp[];
}

/**
 * A processor that replaces secrets by `[redacted]` in inputs, outputs, metadata,
 * prompts and error messages.
 *
 * A string holds paths as a tag's `redact` does, separated by commas: `*` is one
 * level, `**` any depth. They lead into values (`ctx.apiKey`), into messages and
 * documents (`tool_calls.*.arguments.pin`), into metadata and into prompts
 * (`variables.name`). Of a pattern every match in a text goes.
 *
 * @example llmobs.registerProcessor(redact("**.email", /\b\d{16}\b/));
 */
export function redact(...rules: readonly (string | RegExp)[]): Processor {
  const read = { paths: rules.flatMap(pathsOf), patterns: rules.flatMap(patternOf) };
  return (span) => redacted(span, read);
}

function pathsOf(rule: unknown): readonly RedactPath[] {
  if (rule instanceof RegExp) return [];
  const paths = (typeof rule === "string" ? rule.split(",") : [""]).map((path) => path.trim().split("."));
  if (paths.every((path) => path.every((part) => part !== ""))) return paths;
  state.reporter.ignore(
    "redact:path",
    "redact: a rule must be a regular expression or paths such as ctx.apiKey, *.pin",
  );
  return [];
}

function patternOf(rule: unknown): readonly RegExp[] {
  if (!(rule instanceof RegExp)) return [];
  return [new RegExp(rule.source, rule.flags.includes("g") ? rule.flags : `${rule.flags}g`)];
}

function redacted(span: ProcessedSpan, rules: Rules): ProcessedSpan {
  span.input = span.input.map((item) => redactItem(item, rules));
  span.output = span.output.map((item) => redactItem(item, rules));
  span.metadata = redactObject(span.metadata, rules);
  if (span.prompt !== undefined) span.prompt = redactObject(span.prompt, rules);
  if (span.error !== undefined) {
    span.error.message = replaced(span.error.message, rules);
    span.error.stack = replaced(span.error.stack, rules);
  }
  return span;
}

function redactItem(item: ProcessedItem, rules: Rules): ProcessedItem {
  const { content, ...rest } = redactObject(item, rules);
  return { ...rest, ...(typeof content === "string" ? { content: redactText(content, rules) } : {}) };
}

function redactObject(value: Readonly<Record<string, unknown>>, rules: Rules): Record<string, Json> {
  // Another processor may have put anything here.
  const plain: Json = JSON.parse(JSON.stringify(value));
  const redacted = redactJson(redactPaths(plain, rules.paths), rules);
  return isJsonObject(redacted) ? { ...redacted } : {};
}

/** The text of a value may be JSON, which paths lead into. */
function redactText(text: string, rules: Rules): string {
  const value = /^[{[]/.test(text) ? parsed(text) : undefined;
  if (value === undefined) return replaced(text, rules);
  const plain = redactJson(redactPaths(value, rules.paths), rules);
  const before = JSON.stringify(value);
  const after = JSON.stringify(plain);
  return before === after ? text : after;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function redactJson(value: Json, rules: Rules): Json {
  if (rules.patterns.length === 0) return value;
  if (typeof value === "string") return replaced(value, rules);
  if (typeof value === "number") {
    const text = replaced(String(value), rules);
    return text === String(value) ? value : text;
  }
  if (isJsonArray(value)) return value.map((item) => redactJson(item, rules));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactJson(item, rules)]));
}

function replaced(text: string, { patterns }: Rules): string {
  return patterns.reduce((left, pattern) => left.replace(pattern, REDACTED), text);
}
