import { writeFileSync } from "node:fs";
import { test } from "vitest";
import { readSpanTrees } from "./span-trees.js";
test("dump", () => {
  for (const r of ["text-esm", "text-cjs", "AST-esm", "AST-cjs"]) {
    const t = readSpanTrees(new URL(`../.cache/semantics/${r}/spans`, import.meta.url).pathname);
    writeFileSync(`/tmp/dbg/${r}.json`, JSON.stringify(t, null, 1));
  }
});
