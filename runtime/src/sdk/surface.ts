import type { ContextAnnotation } from "../annotation/context-annotation.js";
import type { AnnotateOptions } from "../annotation/options.js";
import type { EnableOptions } from "../configuration/settings.js";
import type { Carrier } from "../distributed/carrier.js";
import type { EvaluationOptions, EvaluationTarget, FeedbackOptions } from "../evaluation/metric.js";
import type { Processor } from "../processor/processed-span.js";
import type { Counters } from "../report.js";
import type { SpanKind } from "../span/kinds.js";
import type { ExportedSpan, PublicSpan } from "../span/public-span.js";
import type { SpanDecorator } from "./decorate.js";
import type { SpanOptions, StartSpanOptions } from "./span-options.js";
import type { Shortcut, SpanCallback } from "./trace.js";
import type { AnyFunction } from "./wrap.js";

/**
 * The span SDK. With tracing off every call does nothing but run the function it
 * was given. Only what says so throws; anything else that makes no sense is left
 * out, counted in `stats()` and said once on stderr.
 */
export interface LLMObs {
  /** Whether spans are made. */
  readonly enabled: boolean;

  /**
   * Switches tracing on; code wins over the environment. `DD_LLMOBS_ENABLED=false` wins over both.
   * @throws {TypeError} when an option has the wrong type; the message names it.
   */
  enable(options?: EnableOptions): void;

  /** Switches tracing off. What has finished is still sent. */
  disable(): void;

  /** Resolves when all that finished so far is acknowledged, or given up and counted. Never rejects. */
  flush(): Promise<void>;

  /** Like `flush`, and switches tracing off. Never rejects. */
  shutdown(): Promise<void>;

  /** What was made, sent and lost so far in this process. */
  stats(): Readonly<Counters>;

  /**
   * Runs the callback in a new span, which ends when what it returns has ended: a
   * value, a promise or a stream. A callback with a second parameter ends it
   * itself, by `done()` or `done(error)`.
   * @throws {TypeError} when the kind does not exist.
   */
  trace<Kind extends SpanKind, Result>(options: SpanOptions<Kind>, callback: SpanCallback<Kind, Result>): Result;

  readonly workflow: Shortcut<"workflow">;
  readonly agent: Shortcut<"agent">;
  readonly llm: Shortcut<"llm">;
  readonly tool: Shortcut<"tool">;
  readonly task: Shortcut<"task">;
  readonly embedding: Shortcut<"embedding">;
  readonly retrieval: Shortcut<"retrieval">;

  /**
   * The function, traced at every call: same type, name, length, `this`, properties
   * and result. Arguments and result are captured but for the kinds that have
   * messages or documents there, which `annotate` tells.
   * @throws {TypeError} when the kind does not exist.
   */
  wrap<Kind extends SpanKind, Fn extends AnyFunction>(options: SpanOptions<Kind>, fn: Fn): Fn;

  /**
   * The same as a decorator, of the standard or of `experimentalDecorators`.
   * @throws {TypeError} when the kind does not exist.
   */
  decorate<Kind extends SpanKind>(options: SpanOptions<Kind>): SpanDecorator;

  /**
   * Begins a span that lasts until its `finish()`, wherever that is called. The
   * active span stays the same; spans go below this one by `activate` or `parent`.
   * A span that never finishes is never sent.
   * @throws {TypeError} when the kind does not exist.
   */
  startSpan<Kind extends SpanKind>(options: StartSpanOptions<Kind>): PublicSpan<Kind>;

  /** Runs the callback with the span as the active one; the span goes on after it. */
  activate<Result>(span: PublicSpan, callback: () => Result): Result;

  /** Adds to the active span, or to the one given, as long as it has not finished. */
  annotate(options: AnnotateOptions): void;
  annotate<Kind extends SpanKind>(span: PublicSpan<Kind> | undefined, options: AnnotateOptions<Kind>): void;

  /**
   * Runs the callback; every span that begins in it, however deep and late, gets
   * the name, tags, prompt and agent. Of contexts within each other the inner adds
   * to the outer and wins by key. `annotate` on a span wins over both.
   */
  annotationContext<Result>(options: ContextAnnotation, callback: () => Result): Result;

  /** The ids of the active span, or of the one given; undefined without one. */
  exportSpan(span?: PublicSpan): ExportedSpan | undefined;

  /**
   * Sends a judgement of a span, or of the trace it is the root of:
   * https://docs.datadoghq.com/llm_observability/evaluations/external_evaluations/.
   * Works long after the span has finished, and from another process by its ids or
   * a tag that only that span has.
   * @throws {ValidationError} naming the field that is wrong.
   */
  submitEvaluation(target: EvaluationTarget, options: EvaluationOptions): void;

  /**
   * Sends what a user thinks of a span, trace or session.
   * @throws {ValidationError} naming the field that is wrong.
   */
  submitFeedback(options: FeedbackOptions): void;

  /**
   * Lets a function see, change or drop every span that finishes from now on, once,
   * before it is sent or written. Several run in the order they were registered;
   * an asynchronous one is waited for, `shutdownTimeoutMs` at most. Code that
   * processors call makes no spans. While there is a processor, running spans are
   * not announced to local files.
   */
  registerProcessor(processor: Processor): void;

  /** Takes a processor away, or all of them. */
  deregisterProcessor(processor?: Processor): void;

  /**
   * Puts the active span, or the one given, into the headers of a request or
   * message, so that spans of the process that gets it go below it: Datadog's
   * headers and W3C `traceparent` and `tracestate`. Another tracer's trace in them
   * stays. Gives the carrier back; without a span as it was.
   *
   * @example fetch(url, { headers: llmobs.injectHeaders(new Headers()) })
   */
  injectHeaders<Target extends Carrier>(carrier: Target, span?: PublicSpan): Target;

  /**
   * Runs the callback below the span that the headers tell of: spans in it belong to
   * its trace, session, application and agent. Without one it just runs.
   *
   * @example createServer((request, response) => llmobs.extractHeaders(request, () => handle(request, response)))
   */
  extractHeaders<Result>(carrier: Carrier, callback: () => Result): Result;
}
