/**
 * Runs compiled fixtures one after another in this process and writes down what
 * each logged. Arguments: a JSON file that says what to run, and where the report goes.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setImmediate as turn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import type { FixtureReport } from "./report.js";

interface Job {
  readonly kind: "esm" | "cjs";
  readonly fixtures: readonly { readonly name: string; readonly file: string }[];
}

const DEADLINE_MS = 5000;

// Stacks differ between builds; what an error says does not.
Object.defineProperty(Error.prototype, inspect.custom, {
  value(this: Error) {
    return `[${this.name}: ${this.message}]`;
  },
});

let log: string[] = [];

process.on("unhandledRejection", (reason) => log.push(`unhandled rejection: ${text(reason)}`));
process.on("rejectionHandled", () => log.push("rejection handled late"));
process.on("uncaughtException", (error) => log.push(`uncaught exception: ${text(error)}`));

function text(entry: unknown): string {
  return typeof entry === "string" ? entry : inspect(entry, { depth: 5, breakLength: Number.POSITIVE_INFINITY });
}

async function load(kind: Job["kind"], file: string): Promise<Readonly<Record<string, unknown>>> {
  return kind === "cjs" ? createRequire(import.meta.url)(file) : await import(pathToFileURL(file).href);
}

async function run(kind: Job["kind"], file: string): Promise<FixtureReport> {
  const entries: string[] = [];
  log = entries;
  let exported: Readonly<Record<string, unknown>> = {};
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(entries.push("TIMED OUT")), DEADLINE_MS);
  });
  try {
    exported = await load(kind, file);
    const { default: main } = exported;
    if (typeof main !== "function") throw new Error("the fixture has no default export");
    await Promise.race([main((entry: unknown) => entries.push(text(entry))), late]);
  } catch (error) {
    entries.push(`FAILED: ${error instanceof Error ? (error.stack ?? error.message) : text(error)}`);
  }
  clearTimeout(timer);
  // Unhandled rejections are reported between turns.
  for (let turns = 0; turns < 3; turns++) await turn();
  return {
    log: entries,
    expectedSpans: typeof exported.expectedSpans === "string" ? exported.expectedSpans : undefined,
    differences: Object(exported.differences ?? {}),
  };
}

const [, , jobFile = "", reportFile = ""] = process.argv;
const job: Job = JSON.parse(readFileSync(jobFile, "utf8"));
const reports: Record<string, FixtureReport> = {};
for (const { name, file } of job.fixtures) reports[name] = await run(job.kind, file);
writeFileSync(reportFile, JSON.stringify(reports));
