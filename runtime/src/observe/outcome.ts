/** Told once what became of a piece of work. Implementations never throw. */
export interface Outcome {
  ok(value: unknown): void;
  fail(thrown: unknown): void;
}
