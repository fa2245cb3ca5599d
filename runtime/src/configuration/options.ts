/** How much of the program's data goes into spans: all of it, all but content (inputs, outputs, messages), or none. */
export type CaptureMode = "full" | "metadata" | "off";

/** What `llmobs.enable()` takes. Each wins over its environment variable; an empty string counts as not given. */
export interface EnableOptions {
  mlApp?: string;
  /** true: straight to Datadog's intake; false: through the Agent; not given: found out. */
  agentlessEnabled?: boolean;
  apiKey?: string;
  /** Datadog site, such as `datadoghq.eu`. */
  site?: string;
  /** `http://host:port` or `unix:///path.sock`. */
  agentUrl?: string;
  service?: string;
  env?: string;
  version?: string;
  /** Tags of every span, after those of `DD_TAGS`. */
  tags?: Readonly<Record<string, string>>;
  /** Folder for local files; counts like `LLMOBS_DIR`. */
  dir?: string;
  /** Folder for spans that a leaving process could not send; counts like `LLMOBS_SPILL_DIR`. */
  spillDir?: string;
  capture?: CaptureMode;
  /** The share of traces that Datadog keeps, from 0 to 1; decided by trace, and everything is sent. Default 1. */
  sampleRate?: number;
  /** Names of further keys whose values are never captured. */
  redactKeys?: readonly string[];
  /** How long `flush()` and the end of the process wait for delivery, in ms. */
  shutdownTimeoutMs?: number;
}

type Fields<Type> = { [Name in keyof EnableOptions]-?: EnableOptions[Name] extends Type | undefined ? Name : never };
type FieldOf<Type> = Fields<Type>[keyof EnableOptions];

const TEXTS: ReadonlyArray<FieldOf<string>> = [
  "mlApp",
  "apiKey",
  "site",
  "agentUrl",
  "service",
  "env",
  "version",
  "dir",
  "spillDir",
  "capture",
];

/**
 * Checks what plain JavaScript may have passed.
 * @throws TypeError naming the first field of a wrong type
 */
export function checkOptions(options: EnableOptions): void {
  const given: unknown = options;
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw wrong("options", "an object");
  for (const field of TEXTS) expectType(options[field], field, "string");
  expectType(options.agentlessEnabled, "agentlessEnabled", "boolean");
  expectType(options.shutdownTimeoutMs, "shutdownTimeoutMs", "number");
  if (options.shutdownTimeoutMs !== undefined && !(options.shutdownTimeoutMs >= 0)) {
    throw wrong("shutdownTimeoutMs", "a number of milliseconds, not negative");
  }
  expectType(options.sampleRate, "sampleRate", "number");
  if (options.sampleRate !== undefined && !(options.sampleRate >= 0 && options.sampleRate <= 1)) {
    throw wrong("sampleRate", "a number from 0 to 1");
  }
  if (options.capture !== undefined && !isCaptureMode(options.capture)) {
    throw wrong("capture", '"full", "metadata" or "off"');
  }
  if (options.redactKeys !== undefined) {
    if (!Array.isArray(options.redactKeys)) throw wrong("redactKeys", "an array of strings");
    for (const [index, key] of options.redactKeys.entries()) expectType(key, `redactKeys[${index}]`, "string");
  }
  if (options.tags !== undefined) {
    expectType(options.tags, "tags", "object");
    if (options.tags === null || Array.isArray(options.tags)) throw wrong("tags", "an object of strings");
    for (const [key, value] of Object.entries(options.tags)) expectType(value, `tags.${key}`, "string");
  }
}

export function isCaptureMode(value: string): value is CaptureMode {
  return value === "full" || value === "metadata" || value === "off";
}

function expectType(value: unknown, field: string, type: "string" | "boolean" | "number" | "object"): void {
  const found = typeof value;
  if (value !== undefined && found !== type) throw wrong(field, `${type === "object" ? "an" : "a"} ${type}`);
}

function wrong(field: string, expected: string): TypeError {
  return new TypeError(`llmobs.enable: ${field} must be ${expected}`);
}
