import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Site } from "@llmobs/transformer";
import { globby } from "globby";
import { planInit } from "../init/plan-init.js";
import type { ProjectFacts } from "../init/project-facts.js";
import { broken, type Link, ok, unknown } from "./link.js";

const BUILD = "a build is set up";
const OUTPUT = "the built output carries the tags";

/** The configured ways to build, and whether what they built holds every site. `runsBuild` builds first. */
export async function checkBuild(
  facts: ProjectFacts,
  sites: readonly Site[],
  runsBuild: boolean,
): Promise<readonly Link[]> {
  const hosts = planInit(facts).hosts.filter(({ type }) => type === "done");
  const [first] = hosts;
  if (first === undefined) {
    return [
      broken(BUILD, "no build of this project has the adapter", "npx llmobs-instrument init"),
      unknown(OUTPUT, "there is no build", ""),
    ];
  }
  const configured = ok(
    BUILD,
    hosts.map((host) => (host.type === "done" ? `${host.host} in ${host.where}` : "")).join(", "),
  );
  if (hosts.every(({ host }) => host === "Node")) {
    return [configured, ok(OUTPUT, "sources run as they are; the loader is tried below")];
  }
  if (runsBuild && facts.scripts.build !== undefined) {
    const { status, stderr, stdout } = spawnSync(facts.manager, ["run", "build"], {
      cwd: facts.root,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    if (status !== 0) {
      const why = `${stderr}\n${stdout}`.trim().split("\n").at(-1) ?? "";
      return [
        configured,
        broken(OUTPUT, `\`${facts.manager} run build\` failed: ${why}`, "mend the build, then run doctor again"),
      ];
    }
  }
  return [configured, await checkOutput(facts, sites)];
}

async function checkOutput({ root, scripts }: ProjectFacts, sites: readonly Site[]): Promise<Link> {
  if (sites.length === 0) return unknown(OUTPUT, "there are no tags", "npx llmobs-instrument tag");
  const outputs = await globby(["**/*.{js,mjs,cjs}"], {
    cwd: root,
    absolute: true,
    suppressErrors: true,
    followSymbolicLinks: false,
    ignore: ["**/node_modules/**", "**/.git/**", "**/src/**"],
  });
  const missing = new Map(sites.map((site) => [site.id, site]));
  const carriers = new Set<string>();
  for (const file of outputs) {
    const text = readFileSync(file, "utf8");
    if (!text.includes("llmobs")) continue;
    for (const id of [...missing.keys()]) {
      if (!text.includes(`"${id}"`) && !text.includes(`'${id}'`)) continue;
      missing.delete(id);
      carriers.add(relative(root, file));
    }
  }
  const [lost] = missing.values();
  if (lost === undefined) return ok(OUTPUT, `all ${sites.length} in ${[...carriers].slice(0, 3).join(", ")}`);
  const build = scripts.build === undefined ? "build the project" : "run the build";
  const fix = `${build} and look at its warnings; the file may be outside of it, or another plugin may take it first`;
  return broken(
    OUTPUT,
    `${missing.size} of ${sites.length} are not in it, such as ${lost.name} (${lost.file}:${lost.line})`,
    fix,
  );
}
