import { activate, deactivate, environment } from "./activation.js";
import { type EnableOptions, resolveSettings } from "./configuration/settings.js";
import type { Ending } from "./observe/ending.js";
import { endWithError, followResult } from "./observe/span-outcome.js";
import type { Counters } from "./report.js";
import type { AnnotateOptions } from "./span/annotation.js";
import { asText } from "./span/as-text.js";
import { isSpanKind, SPAN_KINDS, type SpanKind } from "./span/kinds.js";
import { noSpan, type PublicSpan } from "./span/public-span.js";
import { startSpan } from "./start-span.js";
import { state } from "./state.js";

/** How a span made by hand begins. */
export interface SpanOptions {
  readonly kind: SpanKind;
  /** Default: the kind. */
  readonly name?: string;
  /** Default: the parent's, else the first one set in the trace. */
  readonly sessionId?: string;
  /** Default: the parent's, else the configured one. */
  readonly mlApp?: string;
  /** For llm and embedding spans. */
  readonly modelName?: string;
  /** For llm and embedding spans; lower-cased on the wire. */
  readonly modelProvider?: string;
}

type KindOptions = Omit<SpanOptions, "kind">;

/** Where a span can be found again: both ids as the wire has them. */
export interface ExportedSpan {
  readonly spanId: string;
  readonly traceId: string;
}

/** One shortcut a kind: `llmobs.task({ name }, fn)` or `llmobs.task(fn)`. */
interface Shortcut {
  <Result>(callback: (span: PublicSpan) => Result): Result;
  <Result>(options: KindOptions, callback: (span: PublicSpan) => Result): Result;
}

const TRACE_ENDING: Ending = { captures: false, needsResult: false, before: () => undefined };

/** The span SDK. With tracing off every call does nothing but run the callback it was given. */
class LLMObs {
  /** Whether spans are made. */
  get enabled(): boolean {
    return state.active !== null;
  }

  /**
   * Switches tracing on; code wins over the environment. `DD_LLMOBS_ENABLED=false` wins over both.
   * @throws {TypeError} when an option has the wrong type; the message names it.
   */
  enable(options: EnableOptions = {}): void {
    const settings = resolveSettings(environment(), options);
    if (state.active !== null) this.disable();
    activate(settings);
  }

  /** Switches tracing off. What has finished is still sent. */
  disable(): void {
    deactivate().catch((error: unknown) => state.reporter.internalError("shutdown", error));
  }

  /** Resolves when every span finished so far is acknowledged, or given up and counted. Never rejects. */
  async flush(): Promise<void> {
    try {
      await state.active?.pipeline.flush();
    } catch (error) {
      state.reporter.internalError("flush", error);
    }
  }

  /** Like `flush`, and switches tracing off. Never rejects. */
  async shutdown(): Promise<void> {
    try {
      await deactivate();
    } catch (error) {
      state.reporter.internalError("shutdown", error);
    }
  }

  /** What was made, sent and lost so far in this process. */
  stats(): Readonly<Counters> {
    return { ...state.reporter.counters };
  }

  /**
   * Runs the callback in a new span, which ends when what it returns has ended: a value, a promise or a stream.
   * @throws {TypeError} when the kind does not exist.
   */
  trace<Result>(options: SpanOptions, callback: (span: PublicSpan) => Result): Result {
    if (!isSpanKind(options?.kind)) {
      throw new TypeError(`llmobs.trace: kind must be one of ${SPAN_KINDS.join(", ")}`);
    }
    const runtime = state.active;
    if (runtime === null) return callback(noSpan(options));
    const span = startSpan(runtime, {
      kind: options.kind,
      name: asText(options.name) ?? options.kind,
      sessionId: asText(options.sessionId),
      mlApp: asText(options.mlApp),
      modelName: asText(options.modelName),
      modelProvider: asText(options.modelProvider),
    });
    if (span === undefined) return callback(noSpan(options));
    let result: Result;
    try {
      result = state.storage.run(span, () => callback(span));
    } catch (error) {
      endWithError(span, error);
      throw error;
    }
    try {
      return followResult(span, result, "fresh", TRACE_ENDING);
    } catch (error) {
      runtime.reporter.internalError("follow", error);
      return result;
    }
  }

  readonly workflow: Shortcut = shortcut("workflow");
  readonly agent: Shortcut = shortcut("agent");
  readonly llm: Shortcut = shortcut("llm");
  readonly tool: Shortcut = shortcut("tool");
  readonly task: Shortcut = shortcut("task");
  readonly embedding: Shortcut = shortcut("embedding");
  readonly retrieval: Shortcut = shortcut("retrieval");

  /** Adds to the active span, or to the one given. Without a span: nothing, with one warning. Never throws. */
  annotate(options: AnnotateOptions): void;
  annotate(span: PublicSpan | undefined, options: AnnotateOptions): void;
  annotate(first: PublicSpan | AnnotateOptions | undefined, second?: AnnotateOptions): void {
    if (state.active === null) return;
    const explicit = isAnnotatable(first) ? first : undefined;
    const options = second ?? (explicit === undefined ? first : undefined);
    const span = explicit ?? state.storage.getStore();
    if (span === undefined) state.reporter.warnOnce("annotate:none", "annotate: there is no active span here");
    else if (options !== undefined && !isAnnotatable(options)) span.annotate(options);
  }

  /** The ids of the active span, or of the one given; undefined without one. */
  exportSpan(span?: PublicSpan): ExportedSpan | undefined {
    const found = span ?? state.storage.getStore();
    if (found === undefined || found.spanId === "") return undefined;
    return { traceId: found.traceId, spanId: found.spanId };
  }
}

function isAnnotatable(value: unknown): value is PublicSpan {
  return typeof value === "object" && value !== null && "annotate" in value && typeof value.annotate === "function";
}

function shortcut(kind: SpanKind): Shortcut {
  return <Result>(
    first: KindOptions | ((span: PublicSpan) => Result),
    second?: (span: PublicSpan) => Result,
  ): Result => {
    if (typeof first === "function") return llmobs.trace({ kind }, first);
    if (second === undefined) throw new TypeError(`llmobs.${kind}: a function is needed`);
    return llmobs.trace({ ...first, kind }, second);
  };
}

export const llmobs = new LLMObs();
