import { type Redaction, redact } from "../capture/redact.js";
import type { SensitiveKeys } from "../capture/sensitive-keys.js";
import { type CaptureLimits, Snapshot, safeString } from "../capture/snapshot.js";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import type { Reporter } from "../report.js";

/** A prompt template with what was put into it: https://docs.datadoghq.com/llm_observability/instrumentation/sdk/#prompt-tracking */
export interface Prompt {
  readonly id?: string;
  readonly version?: string;
  /** Text with `{{variable}}`s, or the messages of a chat template. */
  readonly template?: string | readonly { readonly role: string; readonly content: string }[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Variables that hold retrieved context. Default `["context"]`. */
  readonly contextVariables?: readonly string[];
  /** Variables that hold the user's question. Default `["question"]`. */
  readonly queryVariables?: readonly string[];
}

export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly version?: string;
}

/** What `annotate` adds to a span. Input, output and tool definitions replace; metadata, metrics and tags merge by key. */
export interface AnnotateOptions {
  /** Messages for llm, documents for embedding, anything else for the other kinds. */
  readonly inputData?: unknown;
  /** Messages for llm, documents for retrieval, anything else for the other kinds. */
  readonly outputData?: unknown;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Numbers: token counts, costs in USD, times in seconds. */
  readonly metrics?: Readonly<Record<string, number>>;
  readonly tags?: Readonly<Record<string, unknown>>;
  /** Keys of tags to break costs down by; each must be a tag of the span already. */
  readonly costTags?: readonly string[];
  readonly prompt?: Prompt;
  readonly toolDefinitions?: readonly ToolDefinition[];
}

type UncheckedOptions = Readonly<Partial<Record<keyof AnnotateOptions, unknown>>>;

/** Annotations are bounded by what an event may hold, not by the limits of automatic capture. */
const LIMITS: CaptureLimits = { text: 5 * 1024 * 1024, depth: 32, entries: Number.POSITIVE_INFINITY };

/** The official SDK's names for metrics, beside the wire's own. */
const METRIC_ALIASES: Readonly<Record<string, string>> = {
  inputTokens: "input_tokens",
  outputTokens: "output_tokens",
  totalTokens: "total_tokens",
  cacheReadTokens: "cache_read_input_tokens",
  cacheWriteTokens: "cache_write_input_tokens",
  cacheWrite5mTokens: "ephemeral_5m_input_tokens",
  cacheWrite1hTokens: "ephemeral_1h_input_tokens",
  reasoningOutputTokens: "reasoning_output_tokens",
};

/** Everything said about one span so far, as copies. */
export class Annotation {
  input: Json | undefined;
  output: Json | undefined;
  prompt: JsonObject | undefined;
  toolDefinitions: readonly JsonObject[] | undefined;
  readonly metadata: Record<string, Json> = {};
  readonly metrics: Record<string, number> = {};
  readonly tags = new Map<string, Json>();
  readonly costTags = new Set<string>();
  /** UTF-16 units of text held. */
  weight = 0;

  /** Adds what is valid; what is not is left out with one warning. Never throws. */
  add(options: UncheckedOptions, keys: SensitiveKeys, reporter: Reporter, redaction: Redaction | undefined): void {
    const snapshot = new Snapshot(keys, LIMITS);
    const read = (key: keyof AnnotateOptions): Json | undefined => snapshot.take(property(options, key));
    const input = read("inputData");
    const output = read("outputData");
    if (input !== undefined) this.input = redact(input, redaction);
    if (output !== undefined) this.output = redact(output, redaction);
    const objects = {
      metadata: read("metadata"),
      metrics: read("metrics"),
      tags: read("tags"),
      prompt: read("prompt"),
    };
    for (const [name, value] of Object.entries(objects)) {
      if (value === undefined) continue;
      if (!isJsonObject(value)) reporter.warnOnce(`annotate:${name}`, `annotate: ${name} must be an object`);
      else this.#merge(name, value, reporter);
    }
    const costTags = read("costTags");
    if (costTags !== undefined) this.#addCostTags(costTags, reporter);
    const tools = read("toolDefinitions");
    if (tools !== undefined) this.#setTools(tools, reporter);
    this.weight += snapshot.used;
  }

  #merge(name: string, value: JsonObject, reporter: Reporter): void {
    switch (name) {
      case "metadata":
        Object.assign(this.metadata, value);
        break;
      case "metrics":
        this.#addMetrics(value, reporter);
        break;
      case "tags":
        for (const [key, item] of Object.entries(value)) this.tags.set(key, item);
        break;
      case "prompt":
        this.prompt = { ...this.prompt, ...value };
        this.tags.set("prompt_tracking_instrumentation_method", "annotated");
    }
  }

  #addMetrics(metrics: JsonObject, reporter: Reporter): void {
    for (const [key, value] of Object.entries(metrics)) {
      if (typeof value !== "number") {
        reporter.warnOnce(`annotate:metric:${key}`, `annotate: metric ${key} must be a finite number`);
        continue;
      }
      // A dot in a metric's name makes the intake drop the whole batch.
      const name = (METRIC_ALIASES[key] ?? key).replaceAll(".", "_");
      this.metrics[name] = value;
    }
  }

  #addCostTags(value: Json, reporter: Reporter): void {
    for (const key of isJsonArray(value) ? value : [value]) {
      if (typeof key === "string" && this.tags.has(key)) this.costTags.add(key);
      else reporter.warnOnce(`annotate:costTag:${key}`, `annotate: cost tag ${key} is no tag of the span`);
    }
  }

  #setTools(value: Json, reporter: Reporter): void {
    const tools = (isJsonArray(value) ? value : []).flatMap((tool): JsonObject[] =>
      isJsonObject(tool) && typeof tool.name === "string" && tool.name !== "" ? [toolOnWire(tool, tool.name)] : [],
    );
    if (tools.length === 0) reporter.warnOnce("annotate:tools", "annotate: toolDefinitions must be a list of { name }");
    else this.toolDefinitions = tools;
  }
}

function toolOnWire(tool: JsonObject, name: string): JsonObject {
  return {
    name,
    ...(typeof tool.description === "string" ? { description: tool.description } : {}),
    ...(isJsonObject(tool.schema) ? { schema: tool.schema } : {}),
    ...(typeof tool.version === "string" ? { version: tool.version } : {}),
  };
}

function property(options: UncheckedOptions, key: keyof AnnotateOptions): unknown {
  try {
    return options[key];
  } catch (error) {
    return `[Threw: ${safeString(error)}]`;
  }
}
