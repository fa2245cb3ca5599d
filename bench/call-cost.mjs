import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { instrument } from "@llmobs/transformer";
import { inCacheFolder } from "./cache-folder.mjs";
import { CASES } from "./call-cost/cases.mjs";
import { openIntake } from "./call-cost/intake.mjs";
import { quietEnvironment } from "./environment.mjs";
import { median } from "./statistics.mjs";

const REPETITIONS = 5;
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** @type {import("./table.mjs").Group} */
export default {
  name: "call-cost",
  title: "Cost of one call",
  heads: { difference: "over untagged", ratio: "of AsyncLocalStorage.run" },
  run: (progress) => inCacheFolder("call-cost", (folder) => run(folder, progress)),
};

/**
 * @param {string} folder
 * @param {(text: string) => void} progress
 */
async function run(folder, progress) {
  const subject = writeInstrumented(folder);
  const intake = await openIntake();
  const results = Object.fromEntries(Object.keys(CASES).map((name) => [name, []]));
  try {
    for (let repetition = 1; repetition <= REPETITIONS; repetition++) {
      for (const name of Object.keys(CASES)) {
        progress(`${name}, ${repetition} of ${REPETITIONS}`);
        results[name].push(await measure(name, subject, intake.origin));
      }
    }
  } finally {
    intake.close();
  }
  return rows((name, quantity) => median(results[name].map((result) => result[quantity])));
}

/** In a folder inside of this one, so that the runtime's name resolves. */
function writeInstrumented(folder) {
  const source = readFileSync(at("call-cost/subject.mjs"), "utf8");
  const { code, sites } = instrument(source, { filename: at("call-cost/subject.mjs"), root: at(".") });
  if (sites.length !== 2) throw new Error(`the subject has ${sites.length} sites, not 2`);
  const path = join(folder, "subject.mjs");
  writeFileSync(path, code);
  return path;
}

async function measure(name, subject, intakeOrigin) {
  const folder = mkdtempSync(join(tmpdir(), "llmobs-bench-"));
  try {
    const env = environment(CASES[name].traced, folder, intakeOrigin);
    const flags = CASES[name].memory ? ["--expose-gc"] : [];
    const args = [...flags, at("call-cost/measure.mjs"), name, subject];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {"files" | "intake" | undefined} traced */
function environment(traced, folder, intakeOrigin) {
  const added = {
    files: { LLMOBS_DIR: folder },
    intake: { DD_LLMOBS_AGENTLESS_ENABLED: "1", DD_LLMOBS_OVERRIDE_ORIGIN: intakeOrigin, DD_API_KEY: "bench" },
  };
  return quietEnvironment(added[traced]);
}

/** @param {(name: string, quantity: string) => number} result */
function rows(result) {
  const time = (label, name, [plain, storage], atMost) => {
    const value = result(name, "nanoseconds");
    const difference = value - result(plain, "nanoseconds");
    return {
      name: label,
      value,
      unit: "ns",
      ...(name === plain ? {} : { difference, ratio: value / result(storage, "nanoseconds") }),
      ...(atMost === undefined ? {} : { budget: { of: "difference", atMost } }),
    };
  };
  const cpu = (label, name) => {
    const value = result(name, "cpuNanoseconds");
    const difference = value - result("plain", "cpuNanoseconds");
    return { name: label, value, unit: "ns", difference, budget: { of: "value", atMost: 5000 } };
  };
  const memory = (label, quantity, atMost) => {
    const value = result("filesMemory", quantity);
    const difference = value - result("plainMemory", quantity);
    return { name: label, value, unit: "MB", difference, ...(atMost && { budget: { of: "difference", atMost } }) };
  };
  const sync = ["plainSync", "storageSync"];
  const async = ["plain", "storage"];
  return [
    time("sync, untagged", "plainSync", sync),
    time("sync, AsyncLocalStorage.run", "storageSync", sync),
    time("sync, tracing off", "offSync", sync, 15),
    time("async, untagged", "plain", async),
    time("async, AsyncLocalStorage.run", "storage", async),
    time("async, tracing off", "off", async, 120),
    time("async, tracing on, to files", "files", async, 1500),
    time("async, tracing on, to an intake", "intake", async, 1500),
    cpu("all-in CPU a span, to files", "files"),
    cpu("all-in CPU a span, to an intake", "intake"),
    memory("resident memory (RSS) 100,000 calls add", "residentMegabytes", 10),
    memory("of it kept after garbage collection", "keptMegabytes"),
  ];
}
