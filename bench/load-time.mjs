import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { quietEnvironment } from "./environment.mjs";
import { median } from "./statistics.mjs";

const REPETITIONS = 21;
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const RUNTIME = at("../runtime/dist");

const CASES = [
  { name: "import @llmobs/runtime", how: "import", path: `${RUNTIME}/index.js`, budget: 5 },
  { name: "the same, tracing on", how: "import", path: `${RUNTIME}/index.js`, traced: true },
  { name: "import @llmobs/runtime/compiled", how: "import", path: `${RUNTIME}/compiled.js`, budget: 5 },
  { name: "the same, tracing on", how: "import", path: `${RUNTIME}/compiled.js`, traced: true },
  { name: "require @llmobs/runtime", how: "require", path: `${RUNTIME}/cjs/index.js`, budget: 5 },
];

/** @type {import("./table.mjs").Group} */
export default {
  name: "load-time",
  title: "Loading the runtime, a process of its own each time",
  heads: {},
  run,
};

/** @param {(text: string) => void} progress */
async function run(progress) {
  const folder = mkdtempSync(join(tmpdir(), "llmobs-bench-"));
  const taken = CASES.map(() => []);
  try {
    for (let repetition = 1; repetition <= REPETITIONS; repetition++) {
      progress(`${repetition} of ${REPETITIONS}`);
      for (const [index, { how, path, traced }] of CASES.entries()) {
        const env = quietEnvironment(traced ? { LLMOBS_DIR: folder } : {});
        const { stdout } = await promisify(execFile)(process.execPath, [at("load-time/load.mjs"), how, path], { env });
        taken[index].push(Number(stdout));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return CASES.map(({ name, budget }, index) => ({
    name,
    value: median(taken[index]),
    unit: "ms",
    ...(budget && { budget: { of: "value", atMost: budget } }),
  }));
}
