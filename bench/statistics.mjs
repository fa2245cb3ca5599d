/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Milliseconds of the wall clock, medians over interleaved rounds: what else the machine does then hits all cases alike.
 * Every case runs once before, unmeasured. `ratios`: each case's median of ratios to the first case of the same round.
 *
 * @param {readonly (() => unknown)[]} cases
 * @param {number} rounds
 */
export async function interleaved(cases, rounds) {
  for (const run of cases) await run();
  const taken = [];
  for (let round = 0; round < rounds; round++) {
    const row = [];
    // Every other round backwards, so that no case always follows the same one.
    const order = [...cases.keys()];
    for (const index of round % 2 === 0 ? order : order.reverse()) {
      const start = performance.now();
      await cases[index]();
      row[index] = performance.now() - start;
    }
    taken.push(row);
  }
  return {
    medians: cases.map((_, index) => median(taken.map((row) => row[index]))),
    ratios: cases.map((_, index) => median(taken.map((row) => row[index] / row[0]))),
  };
}
