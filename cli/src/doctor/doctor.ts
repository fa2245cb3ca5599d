import { check } from "../check/check.js";
import { readFacts } from "../init/project-facts.js";
import { colours, printable } from "../terminal/output.js";
import { checkBuild } from "./built-output.js";
import { broken, type Link, ok } from "./link.js";
import { checkContext, checkExport } from "./probe.js";
import { checkRuntime } from "./runtime-copies.js";

export interface DoctorOptions {
  readonly build: boolean;
  readonly json?: boolean;
}

/** Tries every link of the chain on this project, from a tag to where spans go. Gives the exit code. */
export async function doctor(root: string, version: string, { build, json }: DoctorOptions): Promise<0 | 1> {
  const facts = await readFacts(root);
  const links: Link[] = [];
  const paint = colours(process.stdout);
  const mark = { ok: paint.green("ok"), broken: paint.red("broken"), unknown: paint.yellow("not proved") };
  const add = (...found: readonly Link[]) => {
    links.push(...found);
    if (json === true) return;
    for (const { name, state, finding, fix } of found) {
      process.stdout.write(`${mark[state]}  ${name}: ${printable(finding)}\n${fix === "" ? "" : `    ${fix}\n`}`);
    }
  };
  add(checkNode());
  const runtime = await checkRuntime(root, version);
  add(runtime);
  const { sites, diagnostics } = await check(["."], root);
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) {
    add(broken("tags are read", `${error.file}:${error.line} ${error.message}`, error.hint));
  } else if (sites.length === 0) add(broken("tags are read", "there are none", "npx llmobs-instrument tag"));
  else add(ok("tags are read", `${sites.length} in ${new Set(sites.map(({ file }) => file)).size} files`));
  add(...(await checkBuild(facts, sites, build)));
  if (runtime.state === "ok") {
    add(await checkContext(root));
    add(await checkExport(root));
  }
  if (json === true) process.stdout.write(`${JSON.stringify({ links }, null, 2)}\n`);
  return links.some(({ state }) => state === "broken") ? 1 : 0;
}

function checkNode(): Link {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const name = "Node is new enough";
  if (major > 20 || (major === 20 && minor >= 19)) return ok(name, process.version);
  return broken(name, process.version, "install Node 20.19 or newer");
}
