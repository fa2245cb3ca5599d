import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const RUNTIME = fileURLToPath(new URL("../runtime", import.meta.url));

/** @type {import("./table.mjs").Group} */
export default {
  name: "package-size",
  title: "What the runtime adds to a bundle, minified and gzipped",
  heads: {},
  run: async (progress) => {
    progress("bundling");
    const [whole, compiled] = [await sizes("@llmobs/runtime"), await sizes("@llmobs/runtime/compiled")];
    return [
      row("@llmobs/runtime", whole.needed, 15),
      row("@llmobs/runtime/compiled", compiled.needed, 6),
      row("both", (await sizes("@llmobs/runtime", "@llmobs/runtime/compiled")).needed),
      row("what they load on demand", whole.onDemand),
    ];
  },
};

function row(name, bytes, atMost) {
  return { name, value: bytes / 1000, unit: "kB", ...(atMost && { budget: { of: "value", atMost } }) };
}

/** Bytes of what a program imports from the start, and of what is loaded when it is needed. */
async function sizes(...entries) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: RUNTIME,
    stdin: { contents: entries.map((name) => `export * from "${name}";`).join("\n"), resolveDir: RUNTIME },
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
    format: "esm",
    platform: "node",
    outdir: "out",
  });
  const needed = new Set();
  const follow = (path) => {
    if (needed.has(path)) return;
    needed.add(path);
    for (const { kind, path: imported } of metafile.outputs[path].imports) {
      if (kind === "import-statement") follow(imported);
    }
  };
  follow(
    Object.keys(metafile.outputs).find(
      (path) => metafile.outputs[path].entryPoint !== undefined && path.includes("stdin"),
    ),
  );
  const size = (isWanted) => {
    const files = outputFiles.filter(({ path }) => isWanted(needed.has(`out/${path.split("/out/")[1]}`)));
    return gzipSync(files.map(({ text }) => text).join("\n"), { level: 9 }).length;
  };
  return { needed: size((isNeeded) => isNeeded), onDemand: size((isNeeded) => !isNeeded) };
}
