import { isJsonObject, type Json, type JsonObject } from "../json.js";
import { VERSION } from "../version.js";
import { type ValidationCode, ValidationError } from "./validation-error.js";

const EVALUATION_TYPES = ["categorical", "score", "boolean", "json"] as const;
const FEEDBACK_TYPES = [...EVALUATION_TYPES, "text"] as const;
type MetricType = (typeof FEEDBACK_TYPES)[number];

const VALUE_RULES: Readonly<Record<MetricType, string>> = {
  categorical: "must be a string",
  score: "must be a finite number",
  boolean: "must be a boolean",
  json: "must be an object that JSON can hold",
  text: "must be a string",
};

/** Options of which nothing is known yet. */
export type Options = Readonly<Record<string, unknown>>;

/** Reads the options of one call into the wire's fields. Every method throws a ValidationError that names the field. */
export class MetricFields {
  readonly #call: string;
  readonly #options: Options;
  /** Copies a value; undefined when it is no JSON. */
  readonly #copy: (value: unknown) => Json | undefined;

  constructor(call: string, options: unknown, copy: (value: unknown) => Json | undefined) {
    this.#call = call;
    this.#copy = copy;
    this.#options = asOptions(options) ?? this.fail("LLMOBS_INVALID_OPTIONS", "options", "must be an object");
  }

  option(name: string): unknown {
    return this.#options[name] ?? undefined;
  }

  fail(code: ValidationCode, field: string, rule: string): never {
    throw new ValidationError(this.#call, code, field, rule);
  }

  /** A string that is not empty. */
  text(value: unknown, code: ValidationCode, field: string): string {
    return typeof value === "string" && value !== "" ? value : this.fail(code, field, "must be a string, not empty");
  }

  timestamp(): number {
    const given = this.option("timestampMs") ?? Date.now();
    const valid = typeof given === "number" && Number.isFinite(given) && given >= 0;
    return valid
      ? given
      : this.fail("LLMOBS_INVALID_TIMESTAMP", "timestampMs", "must be unix milliseconds, not negative");
  }

  label(): string {
    const label = this.text(this.option("label"), "LLMOBS_INVALID_LABEL", "label");
    // The product makes a facet of it, and a dot would nest that.
    return label.includes(".") ? this.fail("LLMOBS_INVALID_LABEL", "label", "must not contain a dot") : label;
  }

  /** The type and, under a name of its own, the value. */
  typeAndValue(event: "evaluation" | "feedback"): { readonly type: MetricType; readonly value: JsonObject } {
    const types: readonly MetricType[] = event === "evaluation" ? EVALUATION_TYPES : FEEDBACK_TYPES;
    const given = this.option("metricType");
    const name = typeof given === "string" ? given.toLowerCase() : "";
    const type = types.find((each) => each === name);
    if (type === undefined) {
      return this.fail("LLMOBS_INVALID_METRIC_TYPE", "metricType", `must be one of ${types.join(", ")}`);
    }
    return { type, value: { [`${type}_value`]: this.#value(type) } };
  }

  assessment(): JsonObject {
    const assessment = this.option("assessment");
    if (assessment === undefined) return {};
    if (assessment === "pass" || assessment === "fail") return { assessment };
    return this.fail("LLMOBS_INVALID_ASSESSMENT", "assessment", "must be pass or fail");
  }

  reasoning(): JsonObject {
    const reasoning = this.option("reasoning");
    if (reasoning === undefined) return {};
    return typeof reasoning === "string"
      ? { reasoning }
      : this.fail("LLMOBS_INVALID_REASONING", "reasoning", "must be a string");
  }

  metadata(): JsonObject {
    const given = this.option("metadata");
    if (given === undefined) return {};
    const metadata = this.#copy(given);
    return isJsonObject(metadata)
      ? { metadata }
      : this.fail("LLMOBS_INVALID_METADATA", "metadata", "must be an object that JSON can hold");
  }

  /** `key:value` each, behind those that every metric has. */
  tags(mlApp: string): readonly string[] {
    const given = this.option("tags");
    const tags = new Map([
      ["ddtrace.version", VERSION],
      ["ml_app", mlApp],
    ]);
    if (given !== undefined) {
      const own = asOptions(given) ?? this.fail("LLMOBS_INVALID_TAGS", "tags", "must be an object of strings");
      for (const [key, value] of Object.entries(own)) tags.set(key, this.#tag(key, value));
    }
    return Array.from(tags, ([key, value]) => `${key}:${value}`);
  }

  #tag(key: string, value: unknown): string {
    const plain = ["string", "number", "boolean", "bigint", "undefined"].includes(typeof value) || value === null;
    return plain ? String(value) : this.fail("LLMOBS_INVALID_TAGS", `tags.${key}`, "must be a string");
  }

  #value(type: MetricType): Json {
    const value = this.option("value");
    switch (type) {
      case "categorical":
      case "text":
        if (typeof value === "string") return value;
        break;
      case "score":
        if (typeof value === "number" && Number.isFinite(value)) return value;
        break;
      case "boolean":
        if (typeof value === "boolean") return value;
        break;
      case "json": {
        const copied = this.#copy(value);
        if (isJsonObject(copied)) return copied;
      }
    }
    return this.fail("LLMOBS_INVALID_VALUE", "value", `${VALUE_RULES[type]}, as metricType is ${type}`);
  }
}

/** An object of options; an array or a string would be read by index. */
export function asOptions(value: unknown): Options | undefined {
  return isOptions(value) ? value : undefined;
}

function isOptions(value: unknown): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
