import { AsyncGeneratorDriver, GeneratorDriver } from "../observe/drive-generator.js";
import type { Ending } from "../observe/ending.js";
import type { Span } from "../span/span.js";

/** How the span of a wrapped generator function begins and ends. */
export interface TracedGenerator {
  readonly ending: Ending;
  begin(values: readonly unknown[]): Span | undefined;
}

const GeneratorFunction = constructorOf(function* () {});
const AsyncGeneratorFunction = constructorOf(async function* () {});

/** Sync or async. */
export function isGeneratorFunction(fn: unknown): boolean {
  return fn instanceof GeneratorFunction || fn instanceof AsyncGeneratorFunction;
}

/**
 * A generator in the place of another that has not begun: each step of that one
 * runs in the span's context, and the span begins with the first, as in compiled code.
 */
export function tracedGenerator(call: TracedGenerator, body: unknown, values: readonly unknown[]): unknown {
  if (typeof body !== "object" || body === null) return body;
  const generator = isAsyncIterator(body)
    ? driveAsync(call, body, values)
    : isIterator(body)
      ? drive(call, body, values)
      : body;
  // The function's own `prototype` is what `instanceof` looks for.
  return Object.setPrototypeOf(generator, Object.getPrototypeOf(body));
}

function* drive(
  call: TracedGenerator,
  body: IterableIterator<unknown>,
  values: readonly unknown[],
): Generator<unknown> {
  const span = call.begin(values);
  return yield* span === undefined ? body : new GeneratorDriver(span, call.ending, body);
}

async function* driveAsync(
  call: TracedGenerator,
  body: AsyncIterableIterator<unknown>,
  values: readonly unknown[],
): AsyncGenerator<unknown> {
  const span = call.begin(values);
  return yield* span === undefined ? body : new AsyncGeneratorDriver(span, call.ending, body);
}

function isIterator(value: object): value is IterableIterator<unknown> {
  return Symbol.iterator in value;
}

function isAsyncIterator(value: object): value is AsyncIterableIterator<unknown> {
  return Symbol.asyncIterator in value;
}

function constructorOf(fn: object): new () => object {
  return Object.getPrototypeOf(fn).constructor;
}
