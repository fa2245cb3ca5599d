import type { ProjectFacts } from "./project-facts.js";
import type { HostSetup } from "./setup.js";

const REGISTER = "run the server with `node --import llmobs-instrument/register`";

/** Builders without an adapter of ours, by their configuration file or package. */
const OTHERS: readonly {
  readonly host: string;
  readonly file?: RegExp;
  readonly packages: readonly string[];
  readonly meanwhile: string;
}[] = [
  {
    host: "Next.js",
    file: /^next\.config\./,
    packages: ["next"],
    meanwhile: "move the traced code into a package built with esbuild or tspc",
  },
  {
    host: "tsup",
    file: /^tsup\.config\./,
    packages: ["tsup"],
    meanwhile: "`esbuildPlugins: [llmobs()]` in its configuration, with `llmobs-instrument/esbuild`",
  },
  { host: "tsdown", file: /^tsdown\.config\./, packages: ["tsdown"], meanwhile: REGISTER },
  {
    host: "Vite",
    file: /^vite\.config\./,
    packages: ["vite"],
    meanwhile: `${REGISTER}; for other builds call instrument() in a plugin`,
  },
  {
    host: "Rollup",
    file: /^rollup\.config\./,
    packages: ["rollup"],
    meanwhile: "call instrument() in the transform hook of a plugin",
  },
  { host: "webpack", file: /^webpack\.config\./, packages: ["webpack"], meanwhile: "call instrument() in a loader" },
  { host: "Rspack", file: /^rspack\.config\./, packages: ["@rspack/core"], meanwhile: "call instrument() in a loader" },
  {
    host: "Nest",
    file: /^nest-cli\.json$/,
    packages: ["@nestjs/cli"],
    meanwhile: "build with tspc in place of `nest build`",
  },
  { host: "Jest", file: /^jest\.config\./, packages: ["jest"], meanwhile: "tests run untraced" },
  { host: "Vitest", file: /^vitest\.config\./, packages: ["vitest"], meanwhile: "tests run untraced" },
];

export function otherHosts({ files, dependencies }: ProjectFacts): readonly HostSetup[] {
  return OTHERS.filter(
    ({ file, packages }) =>
      files.some((name) => file?.test(name) === true) || packages.some((name) => Object.hasOwn(dependencies, name)),
  ).map(({ host, meanwhile }) => ({ host, type: "later", meanwhile }));
}
