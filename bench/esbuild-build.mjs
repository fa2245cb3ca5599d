import llmobs from "@llmobs/transformer/esbuild";
import { build } from "esbuild";
import { inCacheFolder } from "./cache-folder.mjs";
import { writeProject } from "./generated-project.mjs";
import { interleaved } from "./statistics.mjs";

const MODULES = 3000;
const ROUNDS = 15;

/** @type {import("./table.mjs").Group} */
export default {
  name: "esbuild-build",
  title: `esbuild on ${MODULES.toLocaleString("en")} modules, 1 % with a tag`,
  heads: { ratio: "of bare esbuild" },
  run: (progress) => inCacheFolder("esbuild-build", (folder) => run(folder, progress)),
};

/**
 * @param {string} folder
 * @param {(text: string) => void} progress
 */
async function run(folder, progress) {
  progress("writing the project");
  const { entry, tagged } = writeProject(folder, MODULES);

  let builds = 0;
  const bundle = async (plugins, sites) => {
    progress(`build ${++builds} of ${2 * (ROUNDS + 2)}`);
    const { outputFiles, warnings } = await build({
      absWorkingDir: folder,
      entryPoints: [entry],
      outfile: "bundle.js",
      bundle: true,
      write: false,
      sourcemap: true,
      format: "esm",
      platform: "node",
      packages: "external",
      plugins,
    });
    const code = outputFiles.find(({ path }) => path.endsWith(".js"))?.text ?? "";
    return { code, warnings, sites };
  };
  const cases = [() => bundle([]), () => bundle([llmobs()])];
  checkSites(await cases[0](), 0);
  checkSites(await cases[1](), tagged);

  const { medians, ratios } = await interleaved(cases, ROUNDS);
  return [
    { name: "bare esbuild", value: medians[0], unit: "ms" },
    {
      name: "with llmobs()",
      value: medians[1],
      unit: "ms",
      ratio: ratios[1],
      budget: { of: "ratio", atMost: 1.05 },
    },
  ];
}

function checkSites({ code, warnings }, expected) {
  const found = code.match(/\.site\(\{/g)?.length ?? 0;
  if (found !== expected || warnings.length > 0) {
    throw new Error(`the bundle has ${found} sites, not ${expected}, and ${warnings.length} warnings`);
  }
}
