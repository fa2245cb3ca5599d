import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { instrument } from "@llmobs/transformer";
import { type Program, readProgram } from "./program.js";
import { tagEveryFunction } from "./tag-every-function.js";

/** A run of a program: with its failure, or null where it passed. */
type Failure = string | null;

export interface Comparison {
  readonly file: string;
  readonly mode: "sloppy" | "strict";
  readonly tags: number;
  readonly refused: readonly string[];
  /** Null where the untagged program fails: this engine does not have what it tests. */
  readonly difference: { readonly tracing: "off" | "on"; readonly failure: string } | null;
  readonly passed: boolean;
}

const timeLimit = 20_000;

/** Runs a program untagged, then with every function tagged, off and on, in each mode that it asks for. */
export async function compareProgram(
  file: string,
  harness: string,
  spanFolder: string,
): Promise<readonly Comparison[]> {
  const program = readProgram(file);
  if (program.flags.includes("module") || program.flags.includes("CanBlockIsFalse")) return [];
  const comparisons: Comparison[] = [];
  for (const mode of modesOf(program)) comparisons.push(await compareMode(file, program, mode, harness, spanFolder));
  return comparisons;
}

function modesOf({ flags }: Program): readonly Comparison["mode"][] {
  if (flags.includes("onlyStrict")) return ["strict"];
  return flags.includes("noStrict") || flags.includes("raw") ? ["sloppy"] : ["sloppy", "strict"];
}

async function compareMode(
  file: string,
  program: Program,
  mode: Comparison["mode"],
  harness: string,
  spanFolder: string,
): Promise<Comparison> {
  const source = mode === "strict" ? `"use strict";\n${program.source}` : program.source;
  const tagged = tagEveryFunction(source, "/program.js", "commonjs");
  const facts = { file, mode, tags: tagged.tags, refused: tagged.refused };
  const untagged = await run(source, program, harness, {});
  if (untagged !== null || tagged.tags === 0) return { ...facts, difference: null, passed: untagged === null };
  const { code } = instrument(tagged.text, {
    filename: "/program.js",
    root: "/",
    format: "commonjs",
    sourceMap: false,
  });
  for (const [tracing, env] of [
    ["off", { DD_LLMOBS_ENABLED: "false" }],
    ["on", { LLMOBS_DIR: spanFolder }],
  ] as const) {
    const failure = await run(code, program, harness, env);
    if (failure !== null) return { ...facts, difference: { tracing, failure }, passed: true };
  }
  return { ...facts, difference: null, passed: true };
}

function run(code: string, program: Program, harness: string, env: Readonly<Record<string, string>>): Promise<Failure> {
  const isAsync = program.flags.includes("async");
  const preludes = program.flags.includes("raw")
    ? []
    : ["assert.js", "sta.js", ...(isAsync ? ["doneprintHandle.js"] : []), ...program.includes];
  const worker = new Worker(new URL("realm.mjs", import.meta.url), {
    workerData: {
      code,
      isAsync,
      negative: program.negative?.type ?? null,
      preludes: preludes.map((name) => harnessFile(join(harness, name))),
    },
    env: { ...env },
    stdout: true,
    stderr: true,
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => end("the program took too long"), timeLimit);
    const end = (failure: Failure) => {
      clearTimeout(timer);
      resolve(failure);
      void worker.terminate();
    };
    worker.once("message", ({ failure }: { failure: Failure }) => end(failure));
    worker.once("error", (error) => end(String(error)));
    worker.once("exit", () => end("the program ended without a word"));
  });
}

const texts = new Map<string, string>();

function harnessFile(file: string): string {
  const text = texts.get(file) ?? readFileSync(file, "utf8");
  texts.set(file, text);
  return text;
}
