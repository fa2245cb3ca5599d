// Bundles the runtime into few files: a program that loads it reads two or three, not a hundred.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown, VERSION } from "rolldown";

const RUNTIME = fileURLToPath(new URL("../runtime", import.meta.url));
const DIST = join(RUNTIME, "dist");
const FINGERPRINT = join(DIST, ".bundled");

/** What generated code calls: it and all it imports are one file, which the other entries share. */
const COMPILED = join(RUNTIME, "src/compiled.ts");
/** Name in the package, without its ending; `readers` is what CommonJS asks for by its name. */
const ENTRIES = {
  index: join(RUNTIME, "src/index.ts"),
  compiled: COMPILED,
  readers: join(RUNTIME, "src/recognise/readers.ts"),
};
/** Alone, because it shares nothing but names with the rest. */
const PASS_THROUGH = {
  "pass-through/index": join(RUNTIME, "src/pass-through/index.ts"),
  "pass-through/compiled": join(RUNTIME, "src/pass-through/compiled.ts"),
};

/** Writes `dist` anew unless the sources are those it was made of. */
export async function bundleRuntime() {
  const fingerprint = fingerprintOfSources();
  if (existsSync(FINGERPRINT) && readFileSync(FINGERPRINT, "utf8") === fingerprint) return;
  const files = [
    ...(await bundle(ENTRIES, { format: "esm" })),
    ...(await bundle(ENTRIES, { format: "cjs", dynamicImportInCjs: false, exports: "named" }, "cjs/")),
    ...(await bundle(PASS_THROUGH, { format: "esm" }, "", "pass-through/")),
    // The second build is CommonJS, whatever the package around it says.
    ["cjs/package.json", '{ "type": "commonjs" }\n'],
  ];
  for (const [name, content] of files) replace(join(DIST, name), content);
  removeOthers(new Set(files.map(([name]) => join(DIST, name))));
  writeFileSync(FINGERPRINT, fingerprint);
}

/** @returns pairs of a file's name in `dist` and its content */
async function bundle(entries, output, folder = "", parts = "") {
  const bundled = await rolldown({
    input: entries,
    cwd: RUNTIME,
    platform: "node",
    tsconfig: false,
    resolve: { extensionAlias: { ".js": [".ts"] } },
  });
  const { output: made } = await bundled.generate({
    ...output,
    dir: DIST,
    chunkFileNames: `${parts}parts/[name].js`,
    sourcemap: true,
    comments: { legal: true, annotation: true, jsdoc: false },
    codeSplitting: {
      groups: [{ debugName: "core", name: (id, context) => (importedBy(COMPILED, context).has(id) ? "core" : null) }],
    },
  });
  await bundled.close();
  return made.map((file) => [`${folder}${file.fileName}`, file.type === "chunk" ? file.code : file.source]);
}

/** All that a module imports, itself left out, but not what it imports on demand. */
function importedBy(entry, context) {
  const found = new Set();
  const follow = (id) => {
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) {
      if (found.has(imported)) continue;
      found.add(imported);
      follow(imported);
    }
  };
  follow(entry);
  return found;
}

function fingerprintOfSources() {
  const hash = createHash("sha256")
    .update(VERSION)
    .update(readFileSync(fileURLToPath(import.meta.url)));
  const folder = join(RUNTIME, "src");
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    if (name.endsWith(".ts")) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex");
}

/** At once, and only what changes: programs beside a build may load it at this moment. */
function replace(path, content) {
  if (existsSync(path) && readFileSync(path, "utf8") === content) return;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, path);
}

function removeOthers(written) {
  for (const name of readdirSync(DIST, { recursive: true })) {
    const path = join(DIST, name);
    if (/\.js(?:\.map)?$/.test(name) && !written.has(path)) rmSync(path);
  }
}
