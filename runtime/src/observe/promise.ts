import { builtin } from "../node-builtins.js";
import { state } from "../state.js";
import { type Outcome, tell } from "./outcome.js";

const types = builtin("node:util")?.types;
const then = Promise.prototype.then;

/** What one promise tells all spans that wait for it, until it settles. */
export class PromiseRecord implements Outcome {
  readonly outcomes: Outcome[];
  /** What callers get in its place: itself, or one derived from it. */
  handedOn: Promise<unknown>;
  readonly #promise: Promise<unknown>;

  constructor(promise: Promise<unknown>, outcome: Outcome) {
    this.#promise = promise;
    this.handedOn = promise;
    this.outcomes = [outcome];
    state.promises.set(promise, this);
  }

  ok(value: unknown): void {
    this.#settled();
    for (const each of this.outcomes) tell(each, "ok", value);
  }

  fail(thrown: unknown): void {
    this.#settled();
    for (const each of this.outcomes) tell(each, "fail", thrown);
  }

  #settled(): void {
    state.promises.delete(this.#promise);
    if (this.handedOn !== this.#promise) state.promises.delete(this.handedOn);
  }
}

export function isNativePromise(value: unknown): value is Promise<unknown> {
  return types?.isPromise(value) ?? value instanceof Promise;
}

/** Nobody but its caller holds the promise that an async function returns. False where it can't be told. */
export function isAsyncFunction(value: unknown): boolean {
  return types?.isAsyncFunction(value) ?? false;
}

/** A plain native promise, of any realm: not a subclass, not a thenable, no `then` and no `constructor` of its own. */
export function isPlainPromise(value: object): value is Promise<unknown> {
  if (!isNativePromise(value) || Object.hasOwn(value, "then") || Object.hasOwn(value, "constructor")) return false;
  const prototype: object | null = Object.getPrototypeOf(value);
  return prototype === Promise.prototype || isPromisePrototype(prototype);
}

/** That of another realm, such as one of `node:vm`: a subclass has one more level. */
function isPromisePrototype(prototype: object | null): boolean {
  if (prototype === null || Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag)?.value !== "Promise") {
    return false;
  }
  const above: object | null = Object.getPrototypeOf(prototype);
  return above !== null && Object.getPrototypeOf(above) === null && Object.hasOwn(above, "hasOwnProperty");
}

/**
 * Tells when a promise settles, and gives back what the caller is to get.
 *
 * `fresh`, the function made it anew: one derived from it, so that an unhandled
 * rejection is still reported and async stacks go through. `stored`, others may
 * hold it: the same, listened to on the side, so that no copy that nobody awaits
 * can report a false rejection. A promise that is waited for already is listened
 * to once, whoever hands it on.
 */
export function followPromise(
  promise: Promise<unknown>,
  returns: "fresh" | "stored",
  outcome: Outcome,
): Promise<unknown> {
  const known = state.promises.get(promise);
  if (known !== undefined) {
    known.outcomes.push(outcome);
    if (returns === "fresh" || known.handedOn === promise) return known.handedOn;
    // Who handles the promise itself need not know of the derived one, which is to raise no alarm then.
    observeStored(known.handedOn, IGNORED);
    return promise;
  }
  return returns === "fresh" && !isExtended(promise) ? followFresh(promise, outcome) : followStored(promise, outcome);
}

const IGNORED: Outcome = { ok: () => undefined, fail: () => undefined };

/** Its author gave it properties or froze it, and one derived from it is not so. Node's own marks on a promise are symbols. */
function isExtended(promise: Promise<unknown>): boolean {
  return !Object.isExtensible(promise) || Object.getOwnPropertyNames(promise).length > 0;
}

function followFresh(promise: Promise<unknown>, outcome: Outcome): Promise<unknown> {
  const record = new PromiseRecord(promise, outcome);
  record.handedOn = deriveFrom(promise, record);
  state.promises.set(record.handedOn, record);
  return record.handedOn;
}

function followStored(promise: Promise<unknown>, outcome: Outcome): Promise<unknown> {
  observeStored(promise, new PromiseRecord(promise, outcome));
  return promise;
}

/** One that settles as the promise does, after the outcome was told. */
export function deriveFrom(promise: Promise<unknown>, outcome: Outcome): Promise<unknown> {
  return Reflect.apply(then, promise, [
    (value: unknown) => {
      tell(outcome, "ok", value);
      return value;
    },
    (thrown: unknown) => {
      tell(outcome, "fail", thrown);
      throw thrown;
    },
  ]);
}

/** Listens on the side. */
export function observeStored(promise: Promise<unknown>, outcome: Outcome): void {
  Reflect.apply(then, promise, [
    (value: unknown) => tell(outcome, "ok", value),
    (thrown: unknown) => tell(outcome, "fail", thrown),
  ]);
}
