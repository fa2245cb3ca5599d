import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileChange } from "../edit/plan.js";
import { setUpEsbuild } from "./esbuild.js";
import { setUpNode } from "./node.js";
import { otherHosts } from "./other-hosts.js";
import type { ProjectFacts } from "./project-facts.js";
import type { HostSetup } from "./setup.js";
import { setUpTypeScript } from "./typescript.js";

export interface InitPlan {
  readonly hosts: readonly HostSetup[];
  readonly changes: readonly FileChange[];
  /** What to install, as words of a command line. */
  readonly commands: readonly (readonly string[])[];
}

/** What it takes to trace a project: edits of its configuration, packages, and `.gitignore`. Changes nothing. */
export function planInit(facts: ProjectFacts): InitPlan {
  const hosts: HostSetup[] = [];
  let current = facts;
  const changes = new Map<string, FileChange>();
  // Two of them may edit package.json, so each sees what the one before it wrote.
  for (const setUp of [setUpTypeScript, setUpNode]) {
    const found = setUp(current);
    if (found === undefined) continue;
    hosts.push(found);
    if (found.type !== "edit") continue;
    for (const change of found.changes) {
      changes.set(change.file, { ...change, before: changes.get(change.file)?.before ?? change.before });
      if (change.file === "package.json")
        current = { ...current, packageFile: { ...current.packageFile, text: change.after } };
    }
  }
  for (const found of setUpEsbuild(facts)) {
    hosts.push(found);
    if (found.type === "edit") for (const change of found.changes) changes.set(change.file, change);
  }
  hosts.push(...otherHosts(facts));
  const ignored = ignoreSpans(facts.root);
  if (ignored !== undefined) changes.set(ignored.file, ignored);
  return { hosts, changes: [...changes.values()], commands: installCommands(facts, hosts) };
}

function ignoreSpans(root: string): FileChange | undefined {
  const path = join(root, ".gitignore");
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (/^\/?\.llmobs\/?\s*$/m.test(before)) return undefined;
  const lineEnd = before.includes("\r\n") ? "\r\n" : "\n";
  const separator = before === "" || before.endsWith("\n") ? "" : lineEnd;
  return { file: ".gitignore", before, after: `${before}${separator}.llmobs/${lineEnd}` };
}

function installCommands(
  { manager, dependencies }: ProjectFacts,
  hosts: readonly HostSetup[],
): readonly (readonly string[])[] {
  const development = [
    ...("llmobs-instrument" in dependencies ? [] : ["llmobs-instrument"]),
    ...new Set(hosts.flatMap((host) => (host.type === "edit" ? host.packages : []))),
  ];
  const add = manager === "npm" ? "install" : "add";
  return [
    ...("@llmobs/runtime" in dependencies ? [] : [[manager, add, "@llmobs/runtime"]]),
    ...(development.length === 0 ? [] : [[manager, add, manager === "npm" ? "--save-dev" : "-D", ...development]]),
  ];
}
