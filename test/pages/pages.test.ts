import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const execute = promisify(execFile);
const root = new URL("../../", import.meta.url);

test.each([
  { page: "docs/diagnostics.md", script: "scripts/diagnostics-page.mjs" },
  { page: "SPEC.md", script: "scripts/spec-page.mjs" },
])(
  "$page is what the compiler says",
  async ({ page, script }) => {
    const { stdout } = await execute(process.execPath, [script, "--print"], { cwd: fileURLToPath(root) });
    expect(await readFile(new URL(page, root), "utf8")).toBe(stdout);
  },
  30_000,
);
