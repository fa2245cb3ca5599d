import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import llmobs from "@llmobs/transformer/esbuild";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { spanNames } from "./span-names.js";
import { createFolder, node, workspaceFolder } from "./workspace-folder.js";

const require = createRequire(import.meta.url);
const TSPC = require.resolve("ts-patch/bin/tspc");
const VITEST = join(require.resolve("vitest/package.json"), "../vitest.mjs");
const REGISTER = ["--import", "@llmobs/transformer/register"];

const MAIN = `
/** @llmobs tool */
const add = (a: number, b: number): number => a + b;
class Bot {
  /** @llmobs agent */
  async *think(steps: number) { for (let step = 0; step < steps; step++) yield add(step, 1); }
  /** @llmobs workflow name="ask" metadata={{ question }} */
  async ask(question: string): Promise<string> {
    const thoughts: number[] = [];
    for await (const thought of this.think(2)) thoughts.push(thought);
    return question + [...thoughts, ...[0]].join();
  }
}
export function main(): Promise<string> {
  return new Bot().ask("q");
}
if (process.argv[2] === "go") void main().then((answer) => console.log(answer));
`;
const SPANS = ["add", "add", "think", "ask"];

/** Every way to compile, each into a folder of its own. */
const WAYS = ["es2015", "es2022"].flatMap((target) =>
  (["esm", "cjs"] as const).flatMap((kind) =>
    [false, true].map((removeComments) => ({
      name: `${target}-${kind}${removeComments ? "-without-comments" : ""}`,
      kind,
      options: { target, module: kind === "esm" ? "es2022" : "commonjs", removeComments },
    })),
  ),
);

const tsconfig = (options: object, outDir: string) =>
  JSON.stringify({
    compilerOptions: {
      ...options,
      lib: ["es2022", "esnext.disposable"],
      moduleResolution: "node10",
      ignoreDeprecations: "5.0",
      importHelpers: true,
      strict: true,
      skipLibCheck: true,
      rootDir: "src",
      outDir,
      types: ["node"],
      plugins: [{ transform: "@llmobs/transformer/typescript" }],
    },
    include: ["src"],
  });

/** The sources with a test of Vitest's, and a Vite plugin as one writes it with `instrument()`. */
const FILES = {
  "src/main.ts": MAIN,
  "vitest.config.mjs": `
    import { instrument } from "@llmobs/transformer";
    const plugin = {
      name: "trace",
      enforce: "pre",
      transform(source, id) {
        const { code, map } = instrument(source, { filename: id, root: import.meta.dirname });
        return map && { code, map };
      },
    };
    export default { plugins: [plugin], test: { include: ["*.check.ts"], root: import.meta.dirname } };`,
  ...Object.fromEntries(WAYS.map(({ name, options }) => [`tsconfig.${name}.json`, tsconfig(options, `dist/${name}`)])),
  ...Object.fromEntries(
    WAYS.map(({ name, kind }) => [
      `dist/${name}/package.json`,
      JSON.stringify({ type: kind === "esm" ? "module" : "commonjs" }),
    ]),
  ),
};

/** The spans that a program writes. */
async function spansOf(folder: string, args: readonly string[]): Promise<readonly string[]> {
  const spans = join(folder, "spans");
  rmSync(spans, { recursive: true, force: true });
  expect(await node(folder, [...args, "go"], { LLMOBS_DIR: spans })).toEqual({
    code: 0,
    stdout: "q1,2,0\n",
    stderr: "",
  });
  return spanNames(spans);
}

async function bundle(folder: string, entry: string, format: "esm" | "cjs", plugins = [llmobs()]): Promise<string> {
  const outfile = join(folder, format === "esm" ? "out.mjs" : "out.cjs");
  await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format,
    packages: "external",
    logLevel: "silent",
    plugins,
  });
  return outfile;
}

describe("what tspc compiled", () => {
  let folder = "";

  beforeAll(async () => {
    folder = createFolder(FILES);
    const configs = WAYS.map(({ name }) => `tsconfig.${name}.json`);
    expect(await node(folder, [TSPC, "-b", ...configs])).toEqual({ code: 0, stdout: "", stderr: "" });
    return () => rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  describe.each(WAYS)("$name", ({ name, kind, options }) => {
    const output = `dist/${name}/main.js`;

    test("keeps its tags, but without comments", () => {
      expect(readFileSync(join(folder, output), "utf8").includes("@llmobs workflow")).toBe(!options.removeComments);
    });

    test("gives each span once when it runs with register", async () => {
      expect(await spansOf(folder, [...REGISTER, output])).toEqual(SPANS);
    });

    test("gives each span once when it is bundled with two copies of the plugin", async () => {
      const plugins = [llmobs(), llmobs({ prescan: false })];
      expect(await spansOf(folder, [await bundle(folder, output, kind, plugins)])).toEqual(SPANS);
    });

    test("gives each span once when it is bundled, then runs with register", async () => {
      expect(await spansOf(folder, [...REGISTER, await bundle(folder, output, kind)])).toEqual(SPANS);
    });
  });

  test("Vitest gives each span once, of what tspc compiled and of the source, with register too", async () => {
    writeFileSync(
      join(folder, "once.check.ts"),
      `import { llmobs } from "@llmobs/runtime";
       import { expect, test } from "vitest";
       test.each([
         ${WAYS.map(({ name }) => `() => import("./dist/${name}/main.js"),`).join("\n")}
         () => import("./src/main.ts"),
       ])("runs", async (load) => {
         const { main } = await load();
         expect(await main()).toBe("q1,2,0");
         await llmobs.flush();
       });`,
    );
    const env = { LLMOBS_DIR: "vitest-spans", NODE_OPTIONS: REGISTER.join(" ") };
    const { code, stdout, stderr } = await node(folder, [VITEST, "run", "--reporter=json"], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: WAYS.length + 1 });
    const expected = Array.from({ length: WAYS.length + 1 }, () => SPANS).flat();
    expect(spanNames(join(folder, "vitest-spans"))).toEqual(expected);
  });
});

test("a source that is bundled with two copies of the plugin, then runs with register, gives each span once", async () => {
  const folder = workspaceFolder({ "src/main.ts": MAIN });
  const output = await bundle(folder, "src/main.ts", "esm", [llmobs(), llmobs()]);
  expect(await spansOf(folder, [...REGISTER, output])).toEqual(SPANS);
  expect(await spansOf(folder, [...REGISTER, ...REGISTER, "src/main.ts"])).toEqual(SPANS);
});
