import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import llmobs from "llmobs-instrument/esbuild";

await build({
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  entryPoints: ["src/main.ts"],
  outfile: "dist/esbuild/main.js",
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  sourcemap: true,
  plugins: [llmobs()],
});
