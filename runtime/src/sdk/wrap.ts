import type { Ending } from "../observe/ending.js";
import { followResult } from "../observe/span-outcome.js";
import type { SpanKind } from "../span/kinds.js";
import type { Span } from "../span/span.js";
import { state } from "../state.js";
import { beginSpan } from "./begin-span.js";
import { inSpan } from "./in-span.js";
import { namedArguments } from "./named-arguments.js";
import { checkKind, type SpanOptions } from "./span-options.js";
import { isGeneratorFunction, type TracedGenerator, tracedGenerator } from "./wrapped-generator.js";

/** Any function, method or generator function. */
export type AnyFunction = (...values: never[]) => unknown;

/** Of these the arguments are the input, as in the official SDK; a model's are left to `annotate`. */
const CAPTURES_INPUT: ReadonlySet<SpanKind> = new Set<SpanKind>(["workflow", "agent", "tool", "task", "retrieval"]);
/** Of these the result is the output. */
const CAPTURES_OUTPUT: ReadonlySet<SpanKind> = new Set<SpanKind>(["workflow", "agent", "tool", "task", "embedding"]);

export function wrap<Fn extends AnyFunction>(options: SpanOptions, fn: Fn): Fn {
  checkKind("wrap", options);
  if (typeof fn !== "function") {
    state.reporter.ignore("wrap:function", "wrap: what is wrapped must be a function; it is given back as it is");
    return fn;
  }
  return tracedFunction(options, fn, fn.name || options.kind);
}

/**
 * A proxy: name, length, own properties, prototype and type are the function's
 * own, and `new` makes its instances, untraced.
 */
export function tracedFunction<Fn extends AnyFunction>(options: SpanOptions, fn: Fn, defaultName: string): Fn {
  const call = new TracedCall(options, fn, defaultName);
  const apply = isGeneratorFunction(fn)
    ? (target: Fn, self: unknown, values: unknown[]) =>
        tracedGenerator(call, Reflect.apply(target, self, values), values)
    : (target: Fn, self: unknown, values: unknown[]) => call.run(() => Reflect.apply(target, self, values), values);
  return new Proxy(fn, { apply });
}

/** What the calls of one wrapped function have in common. */
class TracedCall implements TracedGenerator {
  readonly ending: Ending;
  readonly #options: SpanOptions;
  readonly #fn: AnyFunction;
  readonly #defaultName: string;

  constructor(options: SpanOptions, fn: AnyFunction, defaultName: string) {
    this.#options = options;
    this.#fn = fn;
    this.#defaultName = defaultName;
    this.ending = { captures: CAPTURES_OUTPUT.has(options.kind), needsResult: false, before: () => undefined };
  }

  run(body: () => unknown, values: readonly unknown[]): unknown {
    const span = this.begin(values);
    if (span === undefined) return body();
    const result = inSpan(span, body);
    try {
      return followResult(span, result, "fresh", this.ending);
    } catch (error) {
      state.reporter.internalError("follow", error);
      return result;
    }
  }

  begin(values: readonly unknown[]): Span | undefined {
    const span = beginSpan(this.#options, this.#defaultName);
    if (span === undefined || !CAPTURES_INPUT.has(span.kind)) return span;
    try {
      span.input = span.capture(namedArguments(this.#fn, values));
    } catch (error) {
      state.reporter.internalError("capture", error);
    }
    return span;
  }
}
