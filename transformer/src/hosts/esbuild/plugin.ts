import { existsSync, realpathSync } from "node:fs";
import type { BuildOptions, PartialMessage, Plugin, PluginBuild } from "esbuild";
import { ProjectManifest } from "../../manifest/project.js";
import { type HostOptions, manifestPath, SOURCE_FILE } from "../options.js";
import { load } from "./load.js";
import { writeManifestAtEnd } from "./manifest.js";
import { taggedFiles, taggedFilesFilter } from "./tagged-files.js";
import { hasRivals, nameTakenFiles } from "./taken-files.js";

export interface EsbuildOptions extends HostOptions {
  /**
   * Look for tagged files once before the build, so that esbuild asks for no other (default). A file that gets
   * its first tag while esbuild watches then needs a restart, and a warning says so. False asks for every file.
   */
  readonly prescan?: boolean;
}

/** esbuild plugin: `plugins: [llmobs()]`, first of all that load files. */
export default function llmobs(options: EsbuildOptions = {}): Plugin {
  const plugin: Plugin = {
    name: "llmobs",
    setup(build) {
      if (options.mode !== "off") setup(build, plugin, options);
    },
  };
  return plugin;
}

function setup(build: PluginBuild, plugin: Plugin, options: EsbuildOptions): void {
  const { initialOptions } = build;
  const folder = initialOptions.absWorkingDir ?? process.cwd();
  const root = rootOf(options.root ?? folder, initialOptions);
  const filter = options.prescan === false ? undefined : taggedFilesFilter(root);
  const manifestFile = manifestPath(options, root);
  const manifest = manifestFile === undefined ? undefined : new ProjectManifest(root);
  const loaded = new Set<string>();

  build.onLoad({ filter: filter ?? SOURCE_FILE, namespace: "file" }, ({ path }) => {
    loaded.add(path);
    return load(path, { ...options, root, build: initialOptions, manifest });
  });
  if (filter !== undefined) build.onStart(warnOfNewTags(root, filter));
  if (hasRivals(plugin, initialOptions))
    nameTakenFiles(build, loaded, { root, folder, strict: options.strict === true });
  if (manifest !== undefined && manifestFile !== undefined) writeManifestAtEnd(build, manifest, manifestFile);
}

/** As esbuild names the files below it: by their real paths. Where the project is must not show in a site's id. */
function rootOf(path: string, { preserveSymlinks }: BuildOptions): string {
  return preserveSymlinks === true || !existsSync(path) ? path : realpathSync(path);
}

/** On every build after the first: files whose first tag came after the filter was made. */
function warnOfNewTags(root: string, filter: RegExp): () => { warnings: PartialMessage[] } {
  let first = true;
  return () => {
    const missed = first ? [] : (taggedFiles(root) ?? []).filter((path) => !filter.test(path));
    first = false;
    return {
      warnings: missed.map((path) => ({
        text: `${path} got its first @llmobs tag after esbuild started`,
        notes: [{ text: "Restart esbuild to trace it, or pass { prescan: false } to llmobs()." }],
      })),
    };
  };
}
