import { state } from "../state.js";
import { OwnProperties } from "./own-property.js";
import type { Attach, Refusal, Sink } from "./sink.js";
import type { SpanFollower } from "./span-follower.js";
import { waitFor } from "./waiting.js";

/**
 * Observes one object for all spans that wait for it. What is put on the object,
 * and on the readers and iterators it gives out, leads here and keeps this alive;
 * when nobody can reach them any more, the spans end with a note.
 */
export class Tap implements Sink {
  readonly properties = new OwnProperties();
  readonly #target: object;
  readonly #followers: { readonly follower: SpanFollower; readonly release: () => void }[] = [];
  /** Something has passed: who comes now has missed it. */
  #begun = false;
  #over = false;

  constructor(target: object) {
    this.#target = target;
  }

  get begun(): boolean {
    return this.#begun;
  }

  add(follower: SpanFollower): void {
    this.#followers.push({ follower, release: waitFor(this, follower) });
  }

  chunk(value: unknown): void {
    if (this.#over) return;
    this.#begun = true;
    this.#tell((follower) => follower.chunk(value));
    // Spans may have ended without this, with the program or with tracing.
    if (this.#followers.every(({ follower }) => follower.span === undefined)) this.#finish(() => undefined);
  }

  aside(value: unknown): void {
    if (!this.#over) this.#tell((follower) => follower.aside(value));
  }

  value(value: unknown): void {
    this.#finish((follower) => follower.value(value));
  }

  end(returned?: unknown): void {
    this.#finish((follower) => follower.finish(returned));
  }

  fail(thrown: unknown): void {
    this.#finish((follower) => follower.fail(thrown));
  }

  abandon(note: string): void {
    this.#finish((follower) => follower.end(note));
  }

  run(work: () => unknown): unknown {
    const span = this.#followers.find(({ follower }) => follower.span !== undefined)?.follower.span;
    return span === undefined ? work() : state.storage.run(span, work);
  }

  #finish(tell: (follower: SpanFollower) => void): void {
    if (this.#over) return;
    this.#over = true;
    this.properties.remove();
    state.taps.delete(this.#target);
    for (const { release } of this.#followers) release();
    this.#tell(tell);
  }

  #tell(tell: (follower: SpanFollower) => void): void {
    try {
      for (const { follower } of this.#followers) tell(follower);
    } catch (error) {
      state.reporter.internalError("stream", error);
    }
  }
}

/** Lets the span follow the object; with a reason, it can't. One tap an object feeds all spans that wait for it. */
export function follow(target: object, attach: Attach, follower: SpanFollower): Refusal | undefined {
  const known = state.taps.get(target);
  if (known?.begun === true) return "consumed";
  if (known !== undefined) {
    known.add(follower);
    return undefined;
  }
  const tap = new Tap(target);
  const refusal = attached(attach, target, tap);
  if (refusal !== undefined) {
    tap.properties.remove();
    return refusal;
  }
  state.taps.set(target, tap);
  tap.add(follower);
  return undefined;
}

function attached(attach: Attach, target: object, tap: Tap): Refusal | undefined {
  try {
    return attach(target, tap);
  } catch {
    // A getter or trap of the object threw.
    return "unobservable";
  }
}
