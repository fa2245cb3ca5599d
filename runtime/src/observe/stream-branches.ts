import { type Sink, through } from "./sink.js";

/**
 * One sink a branch of a divided stream: each branch has every chunk, and the
 * one that is ahead tells it. The first to come to the end ends the stream; it is
 * abandoned when all are.
 */
export function branchSinks(sink: Sink, count: number): readonly Sink[] {
  let told = 0;
  let left = 0;
  return Array.from({ length: count }, () => {
    let seen = 0;
    let abandoned = false;
    return through(sink, {
      chunk(value) {
        if (++seen <= told) return;
        told = seen;
        sink.chunk(value);
      },
      abandon(note) {
        if (!abandoned) left++;
        abandoned = true;
        if (left === count) sink.abandon(note);
      },
    });
  });
}
