import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import llmobs from "@llmobs/transformer/esbuild";
import { type BuildOptions, build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { FIXTURES } from "../semantics/fixtures.js";
import { framesIn, missing } from "../semantics/stack-frames.js";
import { spanNames } from "./span-names.js";
import { createFolder, node } from "./workspace-folder.js";

const require = createRequire(import.meta.url);
const TSPC = require.resolve("ts-patch/bin/tspc");
const VITEST = join(require.resolve("vitest/package.json"), "../vitest.mjs");
const REGISTER = ["--import", "@llmobs/transformer/register"];

const THROWS = readFileSync(join(FIXTURES, "stack/throws.mts"), "utf8");

interface Outcome {
  readonly name: string;
  readonly stack: string;
}

const TARGETS = ["es2015-esm", "es2015-cjs", "es2022-esm", "es2022-cjs"] as const;

/** One way from a source to a running program that prints its stacks. */
interface Host {
  readonly name: string;
  /** The name of its source. */
  readonly source: string;
  /** `spans` is where those of the run go. */
  run(folder: string, spans: string): Promise<string>;
}

const HOSTS: readonly Host[] = [
  ...TARGETS.map(compiled),
  bundled("esbuild", { format: "esm" }),
  bundled("esbuild minified", { format: "esm", minify: true }),
  bundled("esbuild minified to CommonJS", { format: "cjs", minify: true, outfile: "out.cjs", target: "es2017" }),
  registered("throws.ts"),
  registered("throws.cts"),
  inVitest("Vitest with a plugin", {}),
  inVitest("Vitest with a plugin and register", { NODE_OPTIONS: REGISTER.join(" ") }),
];

function compiled(target: (typeof TARGETS)[number]): Host {
  return {
    name: `tspc to ${target}`,
    source: "throws.ts",
    async run(folder, spans) {
      if (!existsSync(join(folder, "dist"))) {
        const configs = TARGETS.map((each) => `tsconfig.${each}.json`);
        expect(await node(folder, [TSPC, "-b", ...configs])).toMatchObject({ code: 0, stderr: "" });
      }
      const file = `dist/${target}/throws.${target.endsWith("esm") ? "mjs" : "cjs"}`;
      if (!existsSync(join(folder, file))) renameSync(join(folder, `dist/${target}/throws.js`), join(folder, file));
      return output(folder, ["--enable-source-maps", file], spans);
    },
  };
}

function bundled(name: string, options: BuildOptions): Host {
  return {
    name,
    source: "throws.ts",
    async run(folder, spans) {
      const outfile = join(folder, options.outfile ?? "out.mjs");
      await build({
        absWorkingDir: folder,
        entryPoints: ["throws.ts"],
        bundle: true,
        platform: "node",
        packages: "external",
        sourcemap: true,
        logLevel: "silent",
        plugins: [llmobs()],
        ...options,
        outfile,
      });
      return output(folder, ["--enable-source-maps", outfile], spans);
    },
  };
}

function registered(source: string): Host {
  return { name: `register, ${source}`, source, run: (folder, spans) => output(folder, [...REGISTER, source], spans) };
}

function inVitest(name: string, env: Readonly<Record<string, string>>): Host {
  return {
    name,
    source: "throws.ts",
    async run(folder, spans) {
      const given = { ...env, LLMOBS_DIR: spans };
      expect(await node(folder, [VITEST, "run", "--silent"], given)).toMatchObject({ code: 0, stderr: "" });
      return readFileSync(join(folder, "stacks.json"), "utf8");
    },
  };
}

async function output(folder: string, args: readonly string[], spans: string): Promise<string> {
  const { stdout, stderr } = await node(folder, args, { LLMOBS_DIR: spans });
  expect(stderr).toBe("");
  return stdout;
}

const tsconfig = (name: (typeof TARGETS)[number]) => {
  const [target, kind] = name.split("-");
  return JSON.stringify({
    compilerOptions: {
      target,
      module: kind === "esm" ? "es2022" : "commonjs",
      noCheck: true,
      sourceMap: true,
      outDir: `dist/${name}`,
      types: [],
      plugins: [{ transform: "@llmobs/transformer/typescript" }],
    },
    files: ["throws.ts"],
  });
};

function files(source: string): Readonly<Record<string, string>> {
  return {
    "throws.ts": source,
    "throws.cts": source,
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
    "stacks.check.ts": `
      import { writeFileSync } from "node:fs";
      import { llmobs } from "@llmobs/runtime";
      import { test } from "vitest";
      test("throws", async () => {
        const { done } = await import("./throws.ts");
        writeFileSync("stacks.json", JSON.stringify(await done));
        await llmobs.flush();
      });`,
    ...Object.fromEntries(TARGETS.map((name) => [`tsconfig.${name}.json`, tsconfig(name)])),
  };
}

let traced = "";
let untraced = "";

beforeAll(() => {
  traced = createFolder(files(THROWS));
  // As many characters that mean nothing: every place stays where it is.
  untraced = createFolder(files(THROWS.replaceAll("@llmobs", "@remark")));
  return () => {
    for (const folder of [traced, untraced]) rmSync(folder, { recursive: true });
  };
});

describe.each(HOSTS)("$name", ({ name: host, source, run }) => {
  let before: readonly Outcome[] = [];
  let after: readonly Outcome[] = [];

  beforeAll(async () => {
    before = JSON.parse(await run(untraced, "none"));
    after = JSON.parse(await run(traced, `spans of ${host}`));
  });

  test("is traced", () => {
    expect(spanNames(join(traced, `spans of ${host}`))).toContain("answer");
  });

  test("every place of an untraced stack is in the traced one, in order, and the innermost is the same", () => {
    expect(before).toHaveLength(9);
    const places = ({ stack }: Outcome) => framesIn(source, stack).map(({ line, column }) => `${line}:${column}`);
    for (const [index, outcome] of before.entries()) {
      const { name, stack } = after[index] ?? { name: "", stack: "" };
      const expected = places(outcome);
      const actual = places({ name, stack });
      expect(expected.length, outcome.name).toBeGreaterThan(0);
      expect({ name, innermost: actual[0] }).toEqual({ name: outcome.name, innermost: expected[0] });
      expect(missing(expected, actual), `${name}\n${outcome.stack}\n${stack}`).toEqual([]);
    }
  });

  test("the innermost line is the author's", () => {
    const lines = after.map(({ name, stack }) => `${name}: ${framesIn(source, stack)[0]?.line}`);
    const line = (text: string) => THROWS.slice(0, THROWS.indexOf(text)).split("\n").length;
    const fail = line("throw new RangeError");
    const afterAwait = line('throw new Error("after await")');
    expect(lines).toEqual([
      `sync: ${line('throw new Error("sync")')}`,
      `methods: ${fail}`,
      `expression: ${line("value.missing.deeper")}`,
      `early: ${line('throw new Error("early")')}`,
      `async: ${afterAwait}`,
      `call: ${fail}`,
      `awaited call in a block: ${fail}`,
      `fresh: ${afterAwait}`,
      `stream: ${afterAwait}`,
    ]);
  });
});
