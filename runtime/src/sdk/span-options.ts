import { asText } from "../span/as-text.js";
import { isSpanKind, SPAN_KINDS, type SpanKind } from "../span/kinds.js";
import type { PublicSpan } from "../span/public-span.js";
import type { SpanStart } from "../span/span.js";

interface CommonOptions {
  /** Default: the kind; of `wrap` and `decorate` the function's name before it. */
  readonly name?: string | undefined;
  /** Default: the parent's, else the first one set in the trace, else what came with the request's headers. */
  readonly sessionId?: string | undefined;
  /** Default: the parent's, else what came with the request's headers, else the configured one. */
  readonly mlApp?: string | undefined;
}

interface ModelOptions extends CommonOptions {
  /** Default: what the call's result says, else `custom`. */
  readonly modelName?: string | undefined;
  /** Lower-cased on the wire. Default as `modelName`. */
  readonly modelProvider?: string | undefined;
}

interface PlainOptions extends CommonOptions {
  readonly modelName?: undefined;
  readonly modelProvider?: undefined;
}

interface OptionsOf extends Record<SpanKind, CommonOptions> {
  readonly workflow: PlainOptions;
  readonly agent: PlainOptions;
  readonly llm: ModelOptions;
  readonly tool: PlainOptions;
  readonly task: PlainOptions;
  readonly embedding: ModelOptions;
  readonly retrieval: PlainOptions;
}

/** How a span of one kind begins. */
export type KindOptions<Kind extends SpanKind> = OptionsOf[Kind];

/** How a span made by hand begins. */
export type SpanOptions<Kind extends SpanKind = SpanKind> = { readonly kind: Kind } & KindOptions<Kind>;

/** How a span begins that is ended by hand. */
export type StartSpanOptions<Kind extends SpanKind = SpanKind> = SpanOptions<Kind> & {
  /** Default: the active span. */
  readonly parent?: PublicSpan | undefined;
};

/** @throws {TypeError} naming the call, when the kind does not exist. */
export function checkKind(call: string, options: { readonly kind: unknown } | undefined): void {
  if (!isSpanKind(options?.kind)) throw new TypeError(`llmobs.${call}: kind must be one of ${SPAN_KINDS.join(", ")}`);
}

/** What untyped code gave as options, as far as it is text. */
export function spanStart(options: SpanOptions, name: string): SpanStart {
  return {
    kind: options.kind,
    name: asText(options.name) ?? name,
    sessionId: asText(options.sessionId),
    mlApp: asText(options.mlApp),
    modelName: asText(options.modelName),
    modelProvider: asText(options.modelProvider),
  };
}
