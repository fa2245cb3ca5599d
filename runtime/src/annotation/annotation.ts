import { type Redaction, redact } from "../capture/redact.js";
import type { SensitiveKeys } from "../capture/sensitive-keys.js";
import { type CaptureLimits, Snapshot, safeString } from "../capture/snapshot.js";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import type { Reporter } from "../report.js";
import type { SpanKind } from "../span/kinds.js";
import { agentManifest } from "./agent.js";
import type { ContextAnnotation } from "./context-annotation.js";
import { metricsOnWire } from "./metrics.js";
import type { UncheckedAnnotateOptions } from "./options.js";
import { mergePrompts } from "./prompt.js";
import { toolsOnWire } from "./tool-definition.js";

/** Annotations are bounded by what an event may hold, not by the limits of automatic capture. */
export const ANNOTATION_LIMITS: CaptureLimits = { text: 5 * 1024 * 1024, depth: 32, entries: Number.POSITIVE_INFINITY };

/** What it takes to add to an annotation. */
export interface AnnotationRules {
  readonly kind: SpanKind;
  readonly keys: SensitiveKeys;
  readonly reporter: Reporter;
  /** Of the site's tag; they hold for input and output. */
  readonly redaction: Redaction | undefined;
}

/** Everything said about one span so far, as copies. */
export class Annotation {
  input: Json | undefined;
  output: Json | undefined;
  prompt: JsonObject | undefined;
  /** The wire's manifest of an agent, without the name it has by default. */
  agent: JsonObject | undefined;
  toolDefinitions: readonly JsonObject[] | undefined;
  metadata: Record<string, Json> = {};
  readonly metrics: Record<string, number> = {};
  readonly tags = new Map<string, Json>();
  readonly costTags = new Set<string>();
  /** UTF-16 units of text held. */
  weight = 0;

  /** Adds what is valid; what is not is left out, counted and said once. Never throws. */
  add(options: UncheckedAnnotateOptions, rules: AnnotationRules): void {
    const { reporter, redaction } = rules;
    const read = this.#reader(options, rules);
    const input = read("inputData");
    const output = read("outputData");
    if (input !== undefined) this.input = redact(input, redaction);
    if (output !== undefined) this.output = redact(output, redaction);
    const object = (name: keyof UncheckedAnnotateOptions, merge: (value: JsonObject) => void) => {
      const value = read(name);
      if (value === undefined) return;
      if (isJsonObject(value)) merge(value);
      else reporter.ignore(`annotate:${name}`, `annotate: ${name} must be an object`);
    };
    object("metadata", (said) => Object.assign(this.metadata, said));
    object("metrics", (said) => Object.assign(this.metrics, metricsOnWire(said, reporter)));
    object("tags", (said) => this.#addTags(said));
    const costTags = read("costTags");
    if (costTags !== undefined) {
      for (const key of this.#addCostTags(costTags)) {
        reporter.ignore(
          `annotate:costTag:${safeString(key)}`,
          `annotate: cost tag ${safeString(key)} is no tag of the span`,
        );
      }
    }
    object("prompt", (said) => {
      if (rules.kind === "llm") this.#addPrompt(said);
      else
        reporter.ignore(
          "annotate:prompt-kind",
          `annotate: a prompt belongs to an llm span, not to a ${rules.kind} one`,
        );
    });
    const tools = read("toolDefinitions");
    if (tools !== undefined) {
      const valid = toolsOnWire(tools);
      if (valid !== undefined) this.toolDefinitions = valid;
      else reporter.ignore("annotate:tools", "annotate: toolDefinitions must be a list of { name }");
    }
    object("agent", (said) => {
      if (rules.kind === "agent") this.#addAgent(said);
      else
        reporter.ignore(
          "annotate:agent-kind",
          `annotate: an agent belongs to an agent span, not to a ${rules.kind} one`,
        );
    });
  }

  /** Adds what a context says of all spans in it, as far as it concerns one of this kind. Never throws. */
  addContext(options: ContextAnnotation, rules: AnnotationRules): void {
    const read = this.#reader(options, rules);
    const tags = read("tags");
    if (isJsonObject(tags)) this.#addTags(tags);
    const costTags = read("costTags");
    if (costTags !== undefined) this.#addCostTags(costTags);
    const prompt = rules.kind === "llm" ? read("prompt") : undefined;
    if (isJsonObject(prompt)) this.#addPrompt(prompt);
    const agent = rules.kind === "agent" ? read("agent") : undefined;
    if (isJsonObject(agent)) this.#addAgent(agent);
  }

  /** Copies one option at a time, each within the limits: a huge input costs no metadata. */
  #reader(options: UncheckedAnnotateOptions, { keys }: AnnotationRules) {
    return (name: keyof UncheckedAnnotateOptions): Json | undefined => {
      const snapshot = new Snapshot(keys, ANNOTATION_LIMITS);
      const taken = snapshot.take(property(options, name));
      this.weight += snapshot.used;
      return taken;
    };
  }

  #addTags(said: JsonObject): void {
    for (const [key, value] of Object.entries(said)) this.tags.set(key, value);
  }

  /** Gives back what is no tag of the span. */
  #addCostTags(said: Json): readonly Json[] {
    return (isJsonArray(said) ? said : [said]).filter((key) => {
      const known = typeof key === "string" && this.tags.has(key);
      if (known) this.costTags.add(key);
      return !known;
    });
  }

  #addPrompt(said: JsonObject): void {
    this.prompt = mergePrompts(this.prompt, said);
    this.tags.set("prompt_tracking_instrumentation_method", "annotated");
  }

  #addAgent(said: JsonObject): void {
    this.agent = { ...this.agent, ...agentManifest(said) };
  }
}

function property(options: UncheckedAnnotateOptions, key: keyof UncheckedAnnotateOptions): unknown {
  try {
    return options[key];
  } catch (error) {
    return `[Threw: ${safeString(error)}]`;
  }
}
