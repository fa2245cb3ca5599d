import { Annotation, type AnnotationRules } from "../annotation/annotation.js";
import type { ContextAnnotation } from "../annotation/context-annotation.js";
import type { AnnotateOptions, UncheckedAnnotateOptions } from "../annotation/options.js";
import { redact } from "../capture/redact.js";
import { Snapshot } from "../capture/snapshot.js";
import type { Context } from "../context/context.js";
import type { Content } from "../event/content.js";
import { SpanRecord, StartRecord } from "../event/record.js";
import type { Json } from "../json.js";
import { withByteBody } from "../recognise/live/byte-body.js";
import type { Site } from "../site.js";
import { type ActiveRuntime, state } from "../state.js";
import { asText } from "./as-text.js";
import { now } from "./clock.js";
import { describeError, type SpanError } from "./error.js";
import { type DigitWriter, decimalId, random32, writeDecimalId } from "./ids.js";
import { hasModel, type SpanKind } from "./kinds.js";
import type { AgentReference, ParentSpan } from "./parent-span.js";
import type { PublicSpan } from "./public-span.js";
import { Trace } from "./trace.js";

/** How a span begins. */
export interface SpanStart {
  readonly kind: SpanKind;
  readonly name: string;
  readonly sessionId?: string | undefined;
  readonly mlApp?: string | undefined;
  readonly modelName?: string | undefined;
  readonly modelProvider?: string | undefined;
}

/** Estimated bytes of an event besides what was captured. */
const BASE_WEIGHT = 700;

/** One timed piece of work. It knows its parent; parents know no children. */
export class Span implements PublicSpan, ParentSpan, Context {
  readonly kind: SpanKind;
  readonly parent: ParentSpan | undefined;
  readonly annotations: readonly ContextAnnotation[] | undefined;
  readonly trace: Trace;
  readonly site: Site | undefined;
  readonly mlApp: string;
  readonly sessionId: string | undefined;
  /** The nearest agent above. */
  readonly agent: AgentReference | undefined;
  readonly start: number;
  name: string;
  modelName: string | undefined;
  modelProvider: string | undefined;
  /** Milliseconds; undefined while the span is open. */
  duration: number | undefined;
  error: SpanError | undefined;
  /** Captured by itself, when nothing was said explicitly. */
  input: Json | undefined;
  output: Json | undefined;
  /** Read for model and tokens, not recorded: `input={false}` and `output={false}` on a model call. */
  hidesInput = false;
  hidesOutput = false;
  /** The output is the collected chunks of a stream. */
  streamed = false;
  /** Seconds until a streamed result's first chunk. */
  timeToFirstChunk: number | undefined;
  annotation: Annotation | undefined;
  /** What processors made of input and output, once they have. */
  content: Content | undefined;
  /** Remarks for the reader of the trace. */
  notes: readonly string[] = [];
  readonly #runtime: ActiveRuntime;
  readonly #idHigh = random32();
  readonly #idLow = random32();
  #spanId: string | undefined;
  #captured = 0;

  constructor(
    runtime: ActiveRuntime,
    start: SpanStart,
    parent: ParentSpan | undefined,
    annotations: readonly ContextAnnotation[] | undefined,
    site: Site | undefined,
  ) {
    this.#runtime = runtime;
    this.kind = start.kind;
    this.name = start.name;
    this.parent = parent;
    this.site = site;
    this.trace = parent?.trace ?? new Trace();
    this.agent = parent?.nearestAgent;
    this.mlApp = start.mlApp ?? parent?.mlApp ?? runtime.settings.mlApp;
    this.sessionId = start.sessionId ?? parent?.sessionId ?? this.trace.sessionId;
    this.trace.sessionId ??= this.sessionId;
    this.modelName = start.modelName;
    this.modelProvider = start.modelProvider;
    this.annotations = annotations;
    this.start = now();
    runtime.reporter.counters.started++;
    if (annotations !== undefined) this.#annotateFrom(annotations);
    // A processor may change or drop what a start would tell.
    if (runtime.announcesStart && state.stage?.active !== true)
      runtime.pipeline.push(new StartRecord(this, runtime.settings));
  }

  get activeSpan(): this {
    return this;
  }

  get parentSpan(): this {
    return this;
  }

  get nearestAgent(): AgentReference | undefined {
    return this.kind === "agent" ? this : this.agent;
  }

  /** Unsigned 64-bit decimal, as the wire has it. */
  get spanId(): string {
    this.#spanId ??= decimalId(this.#idHigh, this.#idLow);
    return this.#spanId;
  }

  writeId(writer: DigitWriter): void {
    writeDecimalId(writer, this.#idHigh, this.#idLow);
  }

  /** 32 hex digits. */
  get traceId(): string {
    return this.trace.id;
  }

  get finished(): boolean {
    return this.duration !== undefined;
  }

  /** Estimated bytes of the finished event. */
  get weight(): number {
    return BASE_WEIGHT + this.#captured + (this.annotation?.weight ?? 0) + (this.error?.stack.length ?? 0);
  }

  /** Adds to the span; a finished span is left as it is, with one warning. Never throws. */
  annotate(options: AnnotateOptions): void {
    this.annotateUnchecked(options);
  }

  /** The same for values nobody has checked, as from the expressions of a tag. */
  annotateUnchecked(options: UncheckedAnnotateOptions): void {
    const { reporter } = this.#runtime;
    if (this.finished) reporter.ignore("annotate:finished", "annotate: the span has finished; annotate it before");
    else if (typeof options !== "object" || options === null) {
      reporter.ignore("annotate:options", "annotate: options must be an object");
    } else this.#addToAnnotation((annotation, rules) => annotation.add(options, rules));
  }

  #annotateFrom(contexts: readonly ContextAnnotation[]): void {
    for (const { name } of contexts) this.name = asText(name) ?? this.name;
    this.#addToAnnotation((annotation, rules) => {
      for (const context of contexts) annotation.addContext(context, rules);
    });
  }

  #addToAnnotation(add: (annotation: Annotation, rules: AnnotationRules) => void): void {
    const { reporter, keys, settings } = this.#runtime;
    if (settings.capture === "off") return;
    try {
      this.annotation ??= new Annotation();
      add(this.annotation, { kind: this.kind, keys, reporter, redaction: this.site?.redact });
    } catch (error) {
      reporter.internalError("annotate", error);
    }
  }

  /** Marks the span as failed with any thrown value, unless it has finished. Never throws. */
  setError(thrown: unknown): void {
    if (this.finished) return;
    this.error = describeError(thrown);
  }

  /** Ends the span and hands it on. A second call does nothing. Never throws. */
  finish(): void {
    if (this.finished) return;
    this.duration = now() - this.start;
    const { pipeline, reporter, settings } = this.#runtime;
    reporter.counters.finished++;
    if (state.stage?.active) state.stage.take(this, this.#runtime);
    else pipeline.push(new SpanRecord(this, settings, reporter));
  }

  [Symbol.dispose](): void {
    this.finish();
  }

  /** Copies a value as it is now, with the site's redactions. Undefined when it is not captured. Never throws. */
  capture(value: unknown): Json | undefined {
    const snapshot = this.newSnapshot();
    const taken = this.copy(value, snapshot);
    this.weigh(snapshot);
    return this.redacted(taken);
  }

  /** The same for an object that nobody else holds: it is not copied itself, only what it holds. */
  captureOwn(value: unknown): Json | undefined {
    if (this.#runtime.settings.capture !== "full" || hasModel(this.kind)) return this.capture(value);
    const snapshot = this.newSnapshot();
    try {
      const taken = snapshot.takeOwn(value);
      this.weigh(snapshot);
      return this.redacted(taken);
    } catch (error) {
      this.#runtime.reporter.internalError("capture", error);
      return undefined;
    }
  }

  /**
   * Copies a value as it is now; values taken with one snapshot share its limits,
   * and `weigh` counts it when they are kept.
   * Model calls are copied without their content being recorded too: that is where
   * model and tokens are read from. Never throws.
   */
  copy(value: unknown, snapshot: Snapshot): Json | undefined {
    const { settings, reporter } = this.#runtime;
    if (settings.capture === "off" || (settings.capture === "metadata" && !hasModel(this.kind))) return undefined;
    try {
      return snapshot.take(hasModel(this.kind) ? withByteBody(value) : value);
    } catch (error) {
      reporter.internalError("capture", error);
      return undefined;
    }
  }

  weigh(snapshot: Snapshot): void {
    this.#captured += snapshot.used;
  }

  redacted(taken: Json | undefined): Json | undefined {
    return taken === undefined ? taken : redact(taken, this.site?.redact);
  }

  newSnapshot(): Snapshot {
    return new Snapshot(this.#runtime.keys);
  }
}
