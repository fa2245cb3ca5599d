/** Remarks for the reader of a trace on how a span ended whose result was to finish later. */

/** The result is unreachable, or the program at its end, and nobody had come to the end of it. */
export const UNCONSUMED = "nobody consumed the result to its end";

/** The consumer left a stream or generator: `break`, `return`, `cancel`, `destroy`, `abort`. */
export const ABANDONED = "abandoned: the consumer stopped before the end";

/** The stream was read in a way that shows nothing of it. */
export const UNSEEN = "the stream is read where it can not be observed";

const AT_RETURN = "the span ends where it was returned";

export function unobserved(what: "promise" | "stream"): string {
  return `the ${what} could not be observed; ${AT_RETURN}`;
}

export function consumed(what: "promise" | "stream"): string {
  return `the ${what} was being consumed already; ${AT_RETURN}`;
}
