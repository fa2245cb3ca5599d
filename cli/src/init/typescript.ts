import { createRequire } from "node:module";
import { join } from "node:path";
import { applyEdits, modify, parse } from "jsonc-parser";
import type { FileChange } from "../edit/plan.js";
import { indentation } from "./json-format.js";
import type { ProjectFacts } from "./project-facts.js";
import type { HostSetup } from "./setup.js";

const TRANSFORM = "llmobs-instrument/typescript";
const HOST = "the TypeScript compiler";
/** The version that works with the compiler: ts-patch 4 wants TypeScript 6. */
const TS_PATCH = { 5: "ts-patch@^3.3.0", 6: "ts-patch@^4.0.0" } as const;

/** A script that compiles with `tsc`: the plugin goes into tsconfig.json, and `tspc` takes the place of `tsc`. */
export function setUpTypeScript({
  root,
  scripts,
  dependencies,
  tsconfig,
  packageFile,
}: ProjectFacts): HostSetup | undefined {
  const compiling = Object.entries(scripts).filter(
    ([, script]) => /\btsp?c\b/.test(script) && !/--noEmit\b/.test(script),
  );
  if (tsconfig === undefined || compiling.length === 0) return undefined;
  const major = Number(/\d+/.exec(dependencies.typescript ?? "5")?.[0]);
  if (major >= 7) {
    return {
      host: `${HOST} ${major}`,
      type: "later",
      meanwhile: "it has no transformers; run the program with `node --import llmobs-instrument/register`",
    };
  }
  const plugins = pluginsOf(tsconfig.text);
  const isConfigured = plugins.some((plugin) => plugin === TRANSFORM);
  const scriptChange = withTspc(packageFile.text, compiling);
  const packages = isInstalled("ts-patch", root) ? [] : [TS_PATCH[major === 6 ? 6 : 5]];
  if (isConfigured && scriptChange === packageFile.text && packages.length === 0) {
    return { host: HOST, type: "done", where: "tsconfig.json" };
  }
  const path = ["compilerOptions", "plugins", ...(plugins.length === 0 ? [] : [-1])];
  const entry = { transform: TRANSFORM };
  const edited = applyEdits(
    tsconfig.text,
    modify(tsconfig.text, path, plugins.length === 0 ? [entry] : entry, {
      formattingOptions: indentation(tsconfig.text),
      isArrayInsertion: plugins.length > 0,
      // Behind the last option it would come between that one and its comment.
      getInsertionIndex: () => 0,
    }),
  );
  const changes: FileChange[] = [
    ...(isConfigured ? [] : [{ file: "tsconfig.json", before: tsconfig.text, after: edited }]),
    ...(scriptChange === packageFile.text
      ? []
      : [{ file: "package.json", before: packageFile.text, after: scriptChange }]),
  ];
  return { host: HOST, type: "edit", changes, packages };
}

/** Also where a workspace above the project has it. */
function isInstalled(name: string, root: string): boolean {
  try {
    createRequire(join(root, "package.json")).resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}

function pluginsOf(tsconfig: string): readonly string[] {
  const parsed: { compilerOptions?: { plugins?: readonly { transform?: string; name?: string }[] } } | undefined =
    parse(tsconfig);
  return (parsed?.compilerOptions?.plugins ?? []).map(({ transform, name }) => transform ?? name ?? "");
}

function withTspc(packageText: string, compiling: readonly (readonly [string, string])[]): string {
  let text = packageText;
  for (const [name, script] of compiling) {
    const value = script.replace(/\btsc\b/g, "tspc");
    if (value !== script)
      text = applyEdits(text, modify(text, ["scripts", name], value, { formattingOptions: indentation(text) }));
  }
  return text;
}
