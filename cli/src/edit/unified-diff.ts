import { createTwoFilesPatch } from "diff";
import type { colours } from "../terminal/output.js";
import type { FileChange } from "./plan.js";

/** A patch that `git apply` takes. */
export function unifiedDiff({ file, before, after }: FileChange): string {
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}

export function paintDiff(patch: string, paint: ReturnType<typeof colours>): string {
  return patch
    .split("\n")
    .map((line) => {
      if (line.startsWith("---") || line.startsWith("+++")) return paint.bold(line);
      if (line.startsWith("@@")) return paint.cyan(line);
      if (line.startsWith("+")) return paint.green(line);
      return line.startsWith("-") ? paint.red(line) : line;
    })
    .join("\n");
}
