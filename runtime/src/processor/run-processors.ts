import type { ProcessedSpan, Processor } from "./processed-span.js";

/**
 * Hands a span from processor to processor. A value when all of them answer at
 * once, else a promise for it.
 * @throws (or rejects with) what a processor threw, or a TypeError for an answer that is none
 */
export function runProcessors(
  span: ProcessedSpan,
  processors: readonly Processor[],
): ProcessedSpan | null | Promise<ProcessedSpan | null> {
  let current = span;
  for (const [index, processor] of processors.entries()) {
    const answer = processor(current);
    if (isPending(answer)) return later(answer, processors.slice(index + 1));
    if (answer === null) return null;
    current = checked(answer);
  }
  return current;
}

async function later(
  answer: PromiseLike<ProcessedSpan | null>,
  rest: readonly Processor[],
): Promise<ProcessedSpan | null> {
  const span = await answer;
  return span === null ? null : runProcessors(checked(span), rest);
}

function checked(answer: ProcessedSpan): ProcessedSpan {
  if (typeof answer !== "object") throw new TypeError("a processor must give back the span or null");
  return answer;
}

function isPending(answer: ReturnType<Processor>): answer is PromiseLike<ProcessedSpan | null> {
  return typeof answer === "object" && answer !== null && "then" in answer && typeof answer.then === "function";
}
