export interface Frame {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** The frames of a stack that are in a file, innermost first. */
export function framesIn(file: string, stack: string): readonly Frame[] {
  return stack.split("\n").flatMap((line) => {
    const match = /^\s+at (?:async )?(?:(.+) \()?(?:.*[/\\])?([^/\\:]+):(\d+):(\d+)\)?$/.exec(line);
    if (match === null || match[2] !== file) return [];
    return [{ name: match[1] ?? "", line: Number(match[3]), column: Number(match[4]) }];
  });
}

/** What is left of `expected` when its items are taken off one after another wherever `actual` has them. */
export function missing<Item>(expected: readonly Item[], actual: readonly Item[]): readonly Item[] {
  const left = [...expected];
  for (const item of actual) if (item === left[0]) left.shift();
  return left;
}
