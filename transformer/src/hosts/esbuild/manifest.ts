import { createHash } from "node:crypto";
import type { PluginBuild } from "esbuild";
import { formatManifest, type ProjectManifest, writeManifest } from "../../manifest/project.js";

/** Writes the manifest of each build that succeeds, or hands it over where the build writes no files itself. */
export function writeManifestAtEnd(build: PluginBuild, manifest: ProjectManifest, path: string): void {
  build.onStart(() => manifest.clear());
  build.onEnd(({ errors, outputFiles }) => {
    if (errors.length > 0) return;
    if (build.initialOptions.write !== false) {
      writeManifest(manifest.create(), path);
      return;
    }
    const text = formatManifest(manifest.create());
    const hash = createHash("sha256").update(text).digest("base64url");
    outputFiles?.push({ path, text, hash, contents: new TextEncoder().encode(text) });
  });
}
