// Before a package is packed: its output is fresh and the licence lies beside it.
import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const { status } = spawnSync(process.execPath, [fileURLToPath(new URL("build.mjs", import.meta.url))], {
  stdio: ["ignore", 2, 2],
});
if (status !== 0) process.exit(status ?? 1);
copyFileSync(new URL("../LICENSE", import.meta.url), join(process.cwd(), "LICENSE"));
