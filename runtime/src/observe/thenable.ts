import { state } from "../state.js";
import { attachAsyncIterable } from "./async-iterable.js";
import { type Outcome, tell } from "./outcome.js";
import { method, type Original } from "./own-property.js";
import { deriveFrom, isPlainPromise, observeStored } from "./promise.js";
import type { Refusal, Sink } from "./sink.js";

/**
 * Observes lazy thenables and promise subclasses (database queries, API promises).
 * They start their work when somebody asks for the value, so they are never
 * called, awaited or replaced: own properties before the ways to the value note
 * what the first one who takes a way gets.
 */
export function attachThenable(target: object, sink: Sink): Refusal | undefined {
  const ways = new Ways(sink);
  if (ways.throughThen(target) !== true) return "unobservable";
  ways.throughCatchAndFinally(target);
  ways.throughApiPromise(target);
  ways.throughIteration(target);
  return undefined;
}

class Ways {
  readonly #sink: Sink;
  readonly #outcome: Outcome;
  /** How often a way to the value was taken; one that leads through another is not looked at itself. */
  #taken = 0;
  #iterating = false;

  constructor(sink: Sink) {
    this.#sink = sink;
    const told = (report: () => void) => {
      if (!this.#iterating) report();
    };
    this.#outcome = { ok: (value) => told(() => sink.value(value)), fail: (thrown) => told(() => sink.fail(thrown)) };
  }

  throughThen(target: object): boolean | undefined {
    return this.#sink.properties.around(target, "then", (original, [onFulfilled, onRejected, ...more]) => {
      this.#taken++;
      const outcome = this.#outcome;
      const inConsumer = consumerContext();
      const fulfilled = (...values: unknown[]) => {
        tell(outcome, "ok", values[0]);
        if (typeof onFulfilled !== "function") return values[0];
        return inConsumer(() => Reflect.apply(onFulfilled, undefined, values));
      };
      const rejected = (...values: unknown[]) => {
        tell(outcome, "fail", values[0]);
        if (typeof onRejected !== "function") throw values[0];
        return inConsumer(() => Reflect.apply(onRejected, undefined, values));
      };
      try {
        return this.#sink.run(() => original([fulfilled, rejected, ...more]));
      } catch (thrown) {
        tell(outcome, "fail", thrown);
        throw thrown;
      }
    });
  }

  /** `catch` and `finally` where they don't call `then`, as those of Prisma's queries. */
  throughCatchAndFinally(target: object): void {
    const { properties } = this.#sink;
    if (method(target, "catch") !== Promise.prototype.catch) {
      properties.around(target, "catch", (original, values) => {
        const [onRejected] = values;
        if (typeof onRejected !== "function" || values.length > 1) return this.#unlessTaken(original);
        const inConsumer = consumerContext();
        const rejected = (...thrown: unknown[]) => {
          tell(this.#outcome, "fail", thrown[0]);
          return inConsumer(() => Reflect.apply(onRejected, undefined, thrown));
        };
        return this.#unlessTaken(() => original([rejected]));
      });
    }
    if (method(target, "finally") !== Promise.prototype.finally) {
      properties.around(target, "finally", (original) => this.#unlessTaken(original));
    }
    // How Prisma's `$transaction([…])` runs the queries it is given.
    properties.around(target, "requestTransaction", (original) => this.#unlessTaken(original));
  }

  /** The OpenAI and Anthropic clients' promises: `parse` reads the body for all, `asResponse` leaves it to the caller. */
  throughApiPromise(target: object): void {
    const { properties } = this.#sink;
    if (method(target, "asResponse") === undefined || method(target, "withResponse") === undefined) return;
    let parsed = false;
    properties.around(target, "parse", (original) => {
      this.#taken++;
      parsed = true;
      const result = this.#sink.run(original);
      if (typeof result === "object" && result !== null && isPlainPromise(result)) observeStored(result, this.#outcome);
      return result;
    });
    properties.around(target, "asResponse", (original) => (parsed ? original() : this.#unlessTaken(original)));
    properties.around(target, "_thenUnwrap", (original) => {
      const unwrapped = original();
      if (typeof unwrapped === "object" && unwrapped !== null) attachThenable(unwrapped, this.#sink);
      return unwrapped;
    });
  }

  /** Pages of a list are a promise of the first one and a stream of all items. */
  throughIteration(target: object): void {
    const { properties } = this.#sink;
    if (method(target, Symbol.asyncIterator) === undefined) return;
    attachAsyncIterable(target, this.#sink);
    properties.around(target, Symbol.asyncIterator, (original) => {
      this.#iterating = true;
      return original();
    });
  }

  /** The promise that a way gives was made for the caller, who gets one derived from it. */
  #unlessTaken(way: Original): unknown {
    const before = this.#taken;
    const result = this.#sink.run(() => way());
    const isOwn = this.#taken === before && typeof result === "object" && result !== null && isPlainPromise(result);
    return isOwn ? deriveFrom(result, this.#outcome) : result;
  }
}

/** The producer's code runs in the span's context; its consumer's callbacks in that in which they were given. */
function consumerContext() {
  const store = state.storage.getStore();
  return (callback: () => unknown) => state.storage.run(store, callback);
}
