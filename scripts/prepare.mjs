// Makes a fresh clone ready: installs from the lock file when it changed, then builds what is stale.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";

const at = (path) => new URL(`../${path}`, import.meta.url);

function run(command, args, shell = false) {
  const { status, error } = spawnSync(command, args, { cwd: at("."), stdio: ["ignore", 2, 2], shell });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

// npm notes in node_modules what it installed, so a newer lock file means it is out of date.
const installed = at("node_modules/.package-lock.json");
const isInstalled = existsSync(installed) && statSync(installed).mtimeMs >= statSync(at("package-lock.json")).mtimeMs;
if (!isInstalled) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    const { engines } = JSON.parse(readFileSync(at("package.json"), "utf8"));
    console.error(`Node ${process.versions.node} is too old: ${engines.node} is needed.`);
    process.exit(1);
  }
  console.error("Installing the packages of package-lock.json …");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], process.platform === "win32");
}
console.error("Building …");
run(process.execPath, ["scripts/build.mjs"]);
