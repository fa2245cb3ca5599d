import type { OwnProperties } from "./own-property.js";

/** Told what one object does, by the properties put on it. No member throws anything of its own. */
export interface Sink {
  /** What is put on objects for this sink; taken away when it is over. */
  readonly properties: OwnProperties;
  /** A part of a stream has reached the consumer. */
  chunk(value: unknown): void;
  /** Something is known of the whole that its consumer does not read; only model calls record it. Before the end. */
  aside(value: unknown): void;
  /** What the object stands for is known whole: a thenable's value, a body's parsed JSON. */
  value(value: unknown): void;
  /** `returned` is what a generator returned beside what it yielded. */
  end(returned?: unknown): void;
  fail(thrown: unknown): void;
  /** The consumer stopped before the end, or goes on where nothing can be seen. */
  abandon(note: string): void;
  /** Runs the producer's own code in the context of the span that waits. */
  run(work: () => unknown): unknown;
}

/** Why an object is not observed. */
export type Refusal =
  /** It can't be changed. */
  | "unobservable"
  /** Somebody has read of it, or is the only one who may. */
  | "consumed";

/** Begins to observe an object. */
export type Attach = (target: object, sink: Sink) => Refusal | undefined;

/** A sink that passes on to another what it does not take care of itself. */
export function through(sink: Sink, own: Partial<Sink>): Sink {
  return {
    properties: sink.properties,
    chunk: (value) => sink.chunk(value),
    aside: (value) => sink.aside(value),
    value: (value) => sink.value(value),
    end: (returned) => sink.end(returned),
    fail: (thrown) => sink.fail(thrown),
    abandon: (note) => sink.abandon(note),
    run: (work) => sink.run(work),
    ...own,
  };
}
