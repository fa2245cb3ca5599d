import { endWithError } from "../observe/span-outcome.js";
import type { Span } from "../span/span.js";
import { state } from "../state.js";

/** Runs in the span's context; what is thrown ends the span and is thrown on. */
export function inSpan<Result>(span: Span, work: () => Result): Result {
  try {
    return state.storage.run(span, work);
  } catch (error) {
    endWithError(span, error);
    throw error;
  }
}
