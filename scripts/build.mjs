// Compiles every package; what is up to date is left alone.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { bundleRuntime } from "./bundle-runtime.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

const packages = ["runtime", "runtime/tsconfig.cjs.json", "transformer", "viewer", "cli"];
const { status } = spawnSync(process.execPath, [tsc, "-b", ...packages], { cwd: root, stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);

await bundleRuntime();
chmodSync(new URL("../cli/dist/main.js", import.meta.url), 0o755);

// The page is one file of script and one of style beside its HTML; nothing else is loaded.
const page = fileURLToPath(new URL("../viewer/src/page/", import.meta.url));
await esbuild({
  entryPoints: { page: `${page}main.tsx` },
  outdir: fileURLToPath(new URL("../viewer/dist/page", import.meta.url)),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
});
copyFileSync(`${page}index.html`, new URL("../viewer/dist/page/index.html", import.meta.url));
