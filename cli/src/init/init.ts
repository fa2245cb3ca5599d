import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { confirm, isCancel } from "@clack/prompts";
import { paintDiff, unifiedDiff } from "../edit/unified-diff.js";
import { replaceFile } from "../edit/write.js";
import { colours } from "../terminal/output.js";
import { type InitPlan, planInit } from "./plan-init.js";
import { readFacts } from "./project-facts.js";
import type { HostSetup } from "./setup.js";

export interface InitOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly install: boolean;
  readonly json?: boolean;
}

/** Sets a project up. Gives the exit code. */
export async function init(root: string, options: InitOptions): Promise<0 | 1> {
  const facts = await readFacts(root);
  const plan = planInit(facts);
  if (options.json === true)
    process.stdout.write(
      `${JSON.stringify({ manager: facts.manager, moduleSystem: facts.moduleSystem, ...plan }, null, 2)}\n`,
    );
  else process.stdout.write(describe(plan, process.stdout));
  if (plan.changes.length === 0 && plan.commands.length === 0)
    return finish(options, "Everything is set up. Next: npx llmobs-instrument tag\n");
  if (options.dryRun === true) return 0;
  if (!(await isAgreed(options))) return finish(options, "Nothing was changed; --yes does it without asking.\n");

  // Packages first: a command edits package.json itself, and ours comes on top.
  for (const [command = "", ...args] of options.install ? plan.commands : []) {
    process.stderr.write(`${[command, ...args].join(" ")}\n`);
    const { status } = spawnSync(command, args, {
      cwd: root,
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    });
    if (status === 0) continue;
    process.stderr.write(`error: ${[command, ...args].join(" ")} failed; run it yourself, then init again\n`);
    return 1;
  }
  for (const { file, after } of planInit(await readFacts(root)).changes) await replaceFile(resolve(root, file), after);
  const left = options.install ? [] : plan.commands.map((words) => `  ${words.join(" ")}\n`);
  return finish(
    options,
    `${left.length === 0 ? "" : `Install the packages:\n${left.join("")}`}Next: npx llmobs-instrument tag\n`,
  );
}

function finish({ json }: InitOptions, text: string): 0 {
  if (json !== true) process.stdout.write(text);
  return 0;
}

async function isAgreed({ yes }: InitOptions): Promise<boolean> {
  if (yes === true) return true;
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const answer = await confirm({ message: "Do this?" });
  return !isCancel(answer) && answer;
}

function describe({ hosts, changes, commands }: InitPlan, stream: NodeJS.WriteStream): string {
  const paint = colours(stream);
  const lines = hosts.map((host) => `${paint.bold(host.host)}: ${whatOf(host)}\n`);
  if (!hosts.some(({ type }) => type !== "later")) {
    lines.push("No build was found that an adapter is for: run the program with `npx llmobs-instrument run <file>`.\n");
  }
  const diffs = changes.map((change) => `\n${paintDiff(unifiedDiff(change), paint)}`);
  const installs = commands.map((words) => `\n${paint.bold("$")} ${words.join(" ")}`);
  return `${lines.join("")}${diffs.join("")}${installs.join("")}\n\n`;
}

function whatOf(host: HostSetup): string {
  switch (host.type) {
    case "done":
      return `set up in ${host.where}`;
    case "edit":
      if (host.changes.length === 0) return "needs a package";
      return `${host.changes.map(({ file }) => file).join(" and ")} ${host.changes.length === 1 ? "gets" : "get"} an edit`;
    case "snippet":
      return `write this into ${host.where}\n\n${host.snippet.replace(/^/gm, "  ")}\n`;
    case "later":
      return `no adapter yet; ${host.meanwhile}`;
  }
}
