import { MAX_BODY_BYTES, maxEventBytes } from "../export/envelope.js";
import { type Environment, readBoolean, readTags, readText } from "./environment.js";
import { type CaptureMode, checkOptions, type EnableOptions, isCaptureMode } from "./options.js";
import { type Proxies, readProxies } from "./proxies.js";

export type { CaptureMode, EnableOptions } from "./options.js";

/** Local NDJSON files in a folder; the path is as given and may be relative. */
export interface FilesDestination {
  readonly dir: string;
}

/** Datadog, straight (`agentless`), through the local Agent (`agent`), or whichever is found (`detect`). */
export interface DatadogDestination {
  readonly mode: "agentless" | "agent" | "detect";
  /** `http://host:port` or `unix:///path.sock`; not given: where an Agent on this machine listens. */
  readonly agentUrl?: string;
  /** Lower-cased, such as `datadoghq.com`. */
  readonly site: string;
  /** Empty when there is none. */
  readonly apiKey: string;
  /** Replaces the origin that spans are posted to, in both modes; may hold a base path. */
  readonly overrideOrigin?: string;
  readonly proxies: Proxies;
  /** The most one request's body may hold, in bytes. */
  readonly maxBodyBytes: number;
  /** Folder for spans that a leaving process could not send; as given. */
  readonly spillDir?: string;
}

/** Where spans go; none of them is possible and is warned about. */
export interface Destinations {
  readonly files?: FilesDestination;
  readonly datadog?: DatadogDestination;
}

export interface Settings {
  readonly enabled: boolean;
  readonly mlApp: string;
  /** Empty when not set, as `env` and `version`. */
  readonly service: string;
  readonly env: string;
  readonly version: string;
  /** `k:v`, those of `DD_TAGS` in their order, then those of the options; a key given twice keeps its place and takes the later value. */
  readonly globalTags: readonly string[];
  readonly capture: CaptureMode;
  readonly redactKeys: readonly string[];
  /** The share of traces that Datadog keeps, from 0 to 1; all are sent. */
  readonly sampleRate: number;
  /** The longest `x-datadog-tags` header; 0: nothing crosses to other processes. */
  readonly tagsHeaderLength: number;
  readonly destinations: Destinations;
  /** The longest event, in bytes; a longer one loses its input and output. */
  readonly maxEventBytes: number;
  /** How long `flush()` and the end of the process wait for delivery, in ms. */
  readonly shutdownTimeoutMs: number;
  /** Variables that say something we do not understand: to be said once. */
  readonly warnings: readonly string[];
}

const DEFAULT_SHUTDOWN_TIMEOUT_MS = 5000;
/** The longest delay a timer takes; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/**
 * One reading of environment and options: code over environment over default.
 * Pure. `options` is undefined when the program did not call `enable()`.
 *
 * Names and defaults of the `DD_*` variables are those of Datadog's own SDKs
 * (dd-trace 6.21 and https://docs.datadoghq.com/llm_observability/setup/sdk/).
 *
 * @throws TypeError naming the option that has the wrong type
 */
export function resolveSettings(environment: Environment, options: EnableOptions | undefined): Settings {
  if (options !== undefined) checkOptions(options);
  const code = options ?? {};
  const warnings: string[] = [];
  const service = code.service || readText(environment, "DD_SERVICE") || "";
  const destinations = resolveDestinations(environment, code, options !== undefined, warnings);
  return {
    enabled: destinations !== undefined,
    mlApp: code.mlApp || readText(environment, "DD_LLMOBS_ML_APP") || service || "unnamed-ml-app",
    service,
    env: code.env || readText(environment, "DD_ENV") || "",
    version: code.version || readText(environment, "DD_VERSION") || "",
    globalTags: resolveTags(environment, code.tags),
    capture: code.capture ?? readCapture(environment, warnings),
    redactKeys: code.redactKeys ?? [],
    sampleRate: code.sampleRate ?? readNumber(environment, "DD_LLMOBS_SAMPLE_RATE", [0, 1], 1, warnings),
    tagsHeaderLength: readNumber(environment, "DD_TRACE_X_DATADOG_TAGS_MAX_LENGTH", [0, 512], 512, warnings),
    destinations: destinations ?? {},
    maxEventBytes: maxEventBytes(MAX_BODY_BYTES),
    shutdownTimeoutMs: Math.min(code.shutdownTimeoutMs ?? DEFAULT_SHUTDOWN_TIMEOUT_MS, MAX_TIMEOUT_MS),
    warnings,
  };
}

/** undefined = tracing is off. */
function resolveDestinations(
  environment: Environment,
  code: EnableOptions,
  enabledInCode: boolean,
  warnings: string[],
): Destinations | undefined {
  const enabled = readBoolean(environment, "DD_LLMOBS_ENABLED");
  // An operator's "no" wins over the code, as it does in Datadog's SDKs.
  if (enabled === false) return undefined;

  const dir = code.dir || readText(environment, "LLMOBS_DIR");
  const datadog =
    enabledInCode ||
    enabled === true ||
    readText(environment, "DD_LLMOBS_ML_APP") !== undefined ||
    readText(environment, "DD_LLMOBS_AGENTLESS_ENABLED") !== undefined;
  if (dir === undefined && !datadog) return undefined;

  const allowed = readExporters(environment, warnings);
  return {
    ...(dir !== undefined && allowed.has("files") && { files: { dir } }),
    ...(datadog && allowed.has("datadog") && { datadog: resolveDatadog(environment, code, dir) }),
  };
}

/**
 * `LLMOBS_EXPORTERS`, a variable of our own: a comma list of `files` and
 * `datadog` that narrows where spans go. It turns nothing on: a destination in
 * the list is used only if it would be without the list. The command line's
 * `run` sets it to `files`, so that trying a program sends nothing anywhere.
 */
function readExporters(environment: Environment, warnings: string[]): ReadonlySet<string> {
  const text = readText(environment, "LLMOBS_EXPORTERS");
  if (text === undefined) return new Set(["files", "datadog"]);
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  for (const name of names) {
    if (name !== "" && name !== "files" && name !== "datadog") {
      warnings.push(`LLMOBS_EXPORTERS knows "files" and "datadog", not "${name}".`);
    }
  }
  return new Set(names);
}

function resolveDatadog(environment: Environment, code: EnableOptions, dir: string | undefined): DatadogDestination {
  const agentless = code.agentlessEnabled ?? readBoolean(environment, "DD_LLMOBS_AGENTLESS_ENABLED");
  const overrideOrigin = readText(environment, "DD_LLMOBS_OVERRIDE_ORIGIN");
  const agentUrl = code.agentUrl || readAgentUrl(environment);
  const spillDir = code.spillDir || readText(environment, "LLMOBS_SPILL_DIR") || dir;
  return {
    mode: agentless === undefined ? "detect" : agentless ? "agentless" : "agent",
    ...(agentUrl !== undefined && { agentUrl }),
    site: (code.site || readText(environment, "DD_SITE") || "datadoghq.com").toLowerCase(),
    apiKey: code.apiKey || readText(environment, "DD_API_KEY") || "",
    ...(overrideOrigin !== undefined && { overrideOrigin }),
    proxies: readProxies(environment),
    maxBodyBytes: MAX_BODY_BYTES,
    ...(spillDir !== undefined && { spillDir }),
  };
}

function readAgentUrl(environment: Environment): string | undefined {
  const url = readText(environment, "DD_TRACE_AGENT_URL") ?? readText(environment, "DD_TRACE_URL");
  if (url !== undefined) return url;
  const givenHost = readText(environment, "DD_AGENT_HOST");
  const givenPort = readText(environment, "DD_TRACE_AGENT_PORT");
  if (givenHost === undefined && givenPort === undefined) return undefined;
  const host = givenHost ?? "127.0.0.1";
  const port = givenPort ?? "8126";
  return `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`;
}

function resolveTags(environment: Environment, tags: EnableOptions["tags"]): string[] {
  const merged = new Map([...readTags(environment, "DD_TAGS"), ...Object.entries(tags ?? {})]);
  return Array.from(merged, ([key, value]) => `${key}:${value}`);
}

function readCapture(environment: Environment, warnings: string[]): CaptureMode {
  const text = readText(environment, "LLMOBS_CAPTURE")?.toLowerCase();
  if (text === undefined) return "full";
  if (isCaptureMode(text)) return text;
  // Whoever set it wanted less than everything, so a misspelling must not mean everything.
  warnings.push(`LLMOBS_CAPTURE is "full", "metadata" or "off", not "${text}"; content is not captured.`);
  return "metadata";
}

function readNumber(
  environment: Environment,
  name: string,
  [least, most]: readonly [number, number],
  otherwise: number,
  warnings: string[],
): number {
  const text = readText(environment, name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (value >= least && value <= most) return value;
  warnings.push(`${name} is a number from ${least} to ${most}, not "${text}"; it counts as ${otherwise}.`);
  return otherwise;
}
