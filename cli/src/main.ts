#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { ProjectManifest, writeManifest } from "@llmobs/transformer";
import { Command, Option } from "commander";
import { check } from "./check/check.js";
import { manifestTarget } from "./check/manifest-target.js";
import { printCheck } from "./check/print-check.js";
import { doctor } from "./doctor/doctor.js";
import { type CodemodOptions, carryOut, codemodOptions } from "./edit/codemod.js";
import { init } from "./init/init.js";
import { isPeerName, PEER_NAMES } from "./migrate/peers.js";
import { planMigrate } from "./migrate/plan-migrate.js";
import { run } from "./run/run.js";
import { planTag } from "./tag/plan-tag.js";
import { colours } from "./terminal/output.js";
import { planUntag } from "./untag/untag.js";
import { UsageError } from "./usage-error.js";
import { view } from "./view/view.js";

const { version }: { version: string } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

const program = new Command("llmobs-instrument")
  .description("Trace an LLM application from the comments in its source.")
  .version(version)
  .enablePositionalOptions()
  .showHelpAfterError("(--help lists the commands and options)");

program
  .command("init")
  .description("set a project up: packages, the plugin of its build, .gitignore")
  .option("--yes", "do it without asking")
  .option("--dry-run", "show it only")
  .option("--no-install", "leave installing the packages to you")
  .option("--json", "print { manager, moduleSystem, hosts, changes, commands } as JSON")
  .action(async (options: { yes?: boolean; dryRun?: boolean; install: boolean; json?: boolean }) => {
    process.exitCode = await init(process.cwd(), options);
  });

program
  .command("run")
  .description("run a TypeScript or JavaScript program instrumented, then print its traces on stderr")
  .argument("<file>", "the program")
  .argument("[args...]", "its arguments")
  .option("--dir <folder>", "where the span files go (default: $LLMOBS_DIR, else .llmobs)")
  .addOption(new Option("--export <destination>", "send the spans there too").choices(["datadog"]))
  .option("--no-tree", "do not print the traces")
  .option("--strict", "fail on an error in a tag, instead of leaving that function as it is")
  .passThroughOptions()
  .action((file: string, args: string[], options: { dir?: string; export?: string; tree: boolean; strict?: boolean }) =>
    run(file, args, {
      strict: options.strict === true,
      dir: options.dir ?? (process.env.LLMOBS_DIR || ".llmobs"),
      exportToDatadog: options.export === "datadog",
      tree: options.tree,
    }),
  );

program
  .command("check")
  .description("list what is traced and what is wrong with the tags; exits with 1 on an error")
  .argument("[paths...]", "files or folders", ["."])
  .option("--json", "print { files, sites, diagnostics } as JSON")
  .option("--manifest [file]", "write the list of sites, with who calls whom (default: llmobs.manifest.json)")
  .action(async (paths: string[], options: { json?: boolean; manifest?: string | true }) => {
    const root = process.cwd();
    const target = options.manifest && manifestTarget(options.manifest);
    const manifest = target === undefined ? undefined : new ProjectManifest(root);
    const result = await check(paths, root, manifest);
    const text = options.json ? JSON.stringify(result, null, 2) : printCheck(result, process.stdout, root);
    process.stdout.write(`${text}\n`);
    if (manifest !== undefined && target !== undefined) writeManifest(manifest.create(), target);
    if (result.diagnostics.some(({ severity }) => severity === "error")) process.exitCode = 1;
  });

codemodOptions(
  program
    .command("tag")
    .description("find the functions that call models, embed, retrieve, act as tools or agents, and tag them")
    .argument("[paths...]", "files or folders", ["."])
    .option("--min-confidence <number>", "leave suggestions out that are less sure, from 0 to 1", "0.5"),
).action(async (paths: string[], options: CodemodOptions & { minConfidence: string }) => {
  const root = process.cwd();
  const plan = await planTag(paths, root, { minConfidence: Number(options.minConfidence) });
  process.exitCode = await carryOut(plan, root, options);
});

codemodOptions(
  program
    .command("untag")
    .description("take every tag out again; the files are then byte for byte what they were")
    .argument("[paths...]", "files or folders", ["."]),
).action(async (paths: string[], options: CodemodOptions) => {
  const root = process.cwd();
  process.exitCode = await carryOut(await planUntag(paths, root), root, options);
});

codemodOptions(
  program
    .command("migrate")
    .description("turn the wrappers and decorators of another tracing SDK into tags")
    .addOption(new Option("--from <sdk>", "the SDK to leave").choices(PEER_NAMES).makeOptionMandatory())
    .argument("[paths...]", "files or folders", ["."]),
).action(async (paths: string[], options: CodemodOptions & { from: string }) => {
  const root = process.cwd();
  if (!isPeerName(options.from)) return;
  process.exitCode = await carryOut(await planMigrate(options.from, paths, root), root, options);
});

program
  .command("view")
  .description("open a page on this machine that shows traces: of span files, Datadog's SDKs and OpenTelemetry")
  .option("--dir <folder...>", "folders with span files (default: $LLMOBS_DIR, else .llmobs)")
  .option("--port <number>", "where it listens", "4319")
  .option("--memory", "keep nothing on disk")
  .action(async (options: { dir?: string[]; port: string; memory?: boolean }) =>
    view({ ...options, dir: options.dir ?? [process.env.LLMOBS_DIR || ".llmobs"] }),
  );

program
  .command("doctor")
  .description("prove that a span travels from a tag to where spans go; exits with 1 where a link is broken")
  .option("--no-build", "look at the output that is there; do not run the build script")
  .option("--json", "print { links } as JSON")
  .action(async (options: { build: boolean; json?: boolean }) => {
    process.exitCode = await doctor(process.cwd(), version, options);
  });

try {
  await program.parseAsync();
} catch (error) {
  const paint = colours(process.stderr);
  if (error instanceof UsageError) {
    process.stderr.write(`${paint.red("error:")} ${error.message}; ${error.fix}\n`);
  } else {
    process.stderr.write(`${paint.red("error:")} ${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
  }
  process.exitCode = 1;
}
