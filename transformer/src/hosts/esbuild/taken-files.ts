import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { BuildOptions, PartialMessage, Plugin, PluginBuild } from "esbuild";
import { CATALOGUE } from "../../diagnostics/catalogue.js";
import { mayHaveTag } from "../../gate.js";
import { relativePath } from "../../relative-path.js";
import { isDependency, SOURCE_FILE } from "../options.js";

/** Whether another plugin is asked for files before this one is: the first that loads a file has it. */
export function hasRivals(plugin: Plugin, { plugins = [] }: BuildOptions): boolean {
  const earlier = plugins.slice(0, Math.max(0, plugins.indexOf(plugin)));
  // Of two copies the first one speaks.
  return earlier.length > 0 && earlier.every(({ name }) => name !== plugin.name);
}

/** After each build, names the files of it that have a tag and were loaded by another plugin. */
export function nameTakenFiles(
  build: PluginBuild,
  loaded: Set<string>,
  { root, folder, strict }: { readonly root: string; readonly folder: string; readonly strict: boolean },
): void {
  const isAsked = build.initialOptions.metafile === true;
  // It says which files a build is made of.
  build.initialOptions.metafile = true;
  build.onEnd((result) => {
    const inputs = Object.keys(result.metafile?.inputs ?? {}).map((input) => resolve(folder, input));
    const taken = inputs.filter((path) => !loaded.has(path) && hasTag(path));
    loaded.clear();
    if (!isAsked) result.metafile = undefined;
    const messages = taken.map((path) => takenMessage(relativePath(path, root)));
    return strict ? { errors: messages } : { warnings: messages };
  });
}

function takenMessage(file: string): PartialMessage {
  const { message, hint } = CATALOGUE.LLMOBS1061;
  return { text: `LLMOBS1061 ${message}`, location: { file }, notes: [{ text: hint }] };
}

/** False for what is no file: the inputs of other plugins have names of their own. */
function hasTag(path: string): boolean {
  if (!SOURCE_FILE.test(path) || isDependency(path)) return false;
  try {
    return mayHaveTag(readFileSync(path, "utf8"));
  } catch {
    return false;
  }
}
