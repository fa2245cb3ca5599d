import { state } from "../state.js";

/** Told once what became of a piece of work. */
export interface Outcome {
  ok(value: unknown): void;
  fail(thrown: unknown): void;
}

/** Tells an outcome; a fault of ours must not become one of the promise or step that it hears of. */
export function tell(outcome: Outcome, how: keyof Outcome, value: unknown): void {
  try {
    outcome[how](value);
  } catch (error) {
    state.reporter.internalError("outcome", error);
  }
}
