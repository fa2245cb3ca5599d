import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSpans } from "../spans/read-files.js";
import { broken, type Link, ok, unknown } from "./link.js";

const CONTEXT = "a traced program nests its spans";
const EXPORT = "a span reaches where it is sent";

const PROBE = `/** @llmobs tool name="inner" */
async function inner() {
  await new Promise((resolve) => setTimeout(resolve, 1));
}
/** @llmobs workflow name="outer" */
export async function outer() {
  await null;
  await inner();
}
await outer();
`;

/** Runs a tagged program with the loader, inside the project, and reads what it wrote. */
export async function checkContext(root: string): Promise<Link> {
  return inScratch(root, async (folder) => {
    writeFileSync(join(folder, "probe.mts"), PROBE);
    const dir = join(folder, "spans");
    const register = new URL("../transformer/register.js", import.meta.url).href;
    const { code, stderr } = await node(folder, ["--import", register, "probe.mts"], {
      ...process.env,
      LLMOBS_DIR: dir,
      LLMOBS_EXPORTERS: "files",
      DD_LLMOBS_ENABLED: "",
    });
    if (code !== 0) return broken(CONTEXT, firstLine(stderr), "the error above says why");
    const spans = await readSpans(dir, 0);
    const outer = spans.find(({ name }) => name === "outer");
    const inner = spans.find(({ name }) => name === "inner");
    if (outer === undefined || inner === undefined) {
      return broken(CONTEXT, `of two spans ${spans.length} were written`, "look at what stderr says");
    }
    if (inner.parentId === outer.spanId)
      return ok(CONTEXT, "the inner span found its parent across an await and a timer");
    return broken(CONTEXT, "the inner span lost its parent", "something replaces AsyncLocalStorage or Promise");
  });
}

const SENDER = `import { llmobs } from "@llmobs/runtime";
const { enabled } = llmobs;
if (enabled) await llmobs.task({ name: "llmobs-instrument doctor" }, async () => {});
await llmobs.flush();
console.log(JSON.stringify({ enabled, ...llmobs.stats() }));
`;

/** Sends one span with the settings of this shell, as the program would. */
export async function checkExport(root: string): Promise<Link> {
  return inScratch(root, async (folder) => {
    writeFileSync(join(folder, "sender.mjs"), SENDER);
    const { code, stdout, stderr } = await node(folder, ["sender.mjs"], process.env);
    if (code !== 0) return broken(EXPORT, firstLine(stderr), "the error above says why");
    const { enabled, exported, finished }: { enabled: boolean; exported: number; finished: number } = JSON.parse(
      stdout.trim().split("\n").at(-1) ?? "{}",
    );
    if (!enabled) {
      const fix = "set LLMOBS_DIR for local files, or DD_LLMOBS_ML_APP for Datadog, where the program runs";
      return unknown(EXPORT, "tracing is off in this shell", fix);
    }
    if (finished > 0 && exported > 0) return ok(EXPORT, `to ${destination(process.env)}`);
    return broken(
      EXPORT,
      firstLine(stderr) || "nobody acknowledged it",
      `is ${destination(process.env)} reachable and is the key right?`,
    );
  });
}

function destination(env: NodeJS.ProcessEnv): string {
  const { LLMOBS_DIR, DD_LLMOBS_AGENTLESS_ENABLED, DD_SITE, DD_TRACE_AGENT_URL } = env;
  const wantsDatadog = env.DD_LLMOBS_ENABLED || env.DD_LLMOBS_ML_APP || DD_LLMOBS_AGENTLESS_ENABLED;
  const datadog = /^(?:1|true)$/i.test(DD_LLMOBS_AGENTLESS_ENABLED ?? "")
    ? `Datadog (${DD_SITE || "datadoghq.com"})`
    : `the Datadog Agent (${DD_TRACE_AGENT_URL || "http://127.0.0.1:8126"})`;
  return [...(LLMOBS_DIR ? [LLMOBS_DIR] : []), ...(wantsDatadog ? [datadog] : [])].join(" and ");
}

/** A folder inside the project, so that packages resolve as they do for it; gone afterwards. */
async function inScratch(root: string, check: (folder: string) => Promise<Link>): Promise<Link> {
  const parent = join(root, ".llmobs");
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(parent, "doctor-"));
  try {
    return await check(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 20_000;

function node(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: TIMEOUT_MS });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

/** Of a crash the error, not the source line above it. */
function firstLine(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => /^\[llmobs\]|Error\b/.test(line)) ?? lines[0] ?? "";
}
