import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { globby } from "globby";
import { broken, type Link, ok } from "./link.js";

const NAME = "the runtime is found once";

/** `@llmobs/runtime` resolves from the project, and no second version lies beside it. */
export async function checkRuntime(root: string, expected: string): Promise<Link> {
  let own: string;
  try {
    own = realpathSync(dirname(createRequire(join(root, "package.json")).resolve("@llmobs/runtime/package.json")));
  } catch {
    return broken(NAME, "@llmobs/runtime is not installed here", "npm install @llmobs/runtime");
  }
  const version = versionOf(own);
  if (version !== expected) {
    const fix = `npm install @llmobs/runtime@${expected}`;
    return broken(NAME, `@llmobs/runtime is ${version}, llmobs-instrument is ${expected}`, fix);
  }
  const others = await globby(
    [
      "node_modules/*/node_modules/@llmobs/runtime/package.json",
      "node_modules/@*/*/node_modules/@llmobs/runtime/package.json",
    ],
    { cwd: root, absolute: true, suppressErrors: true, followSymbolicLinks: false },
  );
  const strangers = others.map((file) => realpathSync(dirname(file))).filter((folder) => versionOf(folder) !== version);
  const [stranger] = strangers;
  if (stranger === undefined) return ok(NAME, `@llmobs/runtime ${version}`);
  return broken(NAME, `another version is in ${stranger}`, "npm dedupe, or update the package that brings it");
}

function versionOf(folder: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return version;
}
