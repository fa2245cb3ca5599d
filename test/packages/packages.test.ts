import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { node } from "../hosts/workspace-folder.js";
import { snippets } from "./snippets.js";
import { npm, packAll, ROOT } from "./tarballs.js";

const execute = promisify(execFile);
const page = (path: string) => new URL(`../../${path}`, import.meta.url);

let tarballs: readonly string[] = [];
let packed = "";
let project = "";

beforeAll(async () => {
  ({ folder: packed, tarballs } = await packAll());
  project = mkdtempSync(join(tmpdir(), "llmobs-new-user-"));
  writeFileSync(join(project, "package.json"), '{ "name": "new-user", "private": true }');
  await npm(project, "install", ...tarballs);
}, 120_000);

afterAll(() => {
  for (const folder of [packed, project]) rmSync(folder, { recursive: true, force: true });
});

const cli = (...args: readonly string[]) =>
  node(project, [join(project, "node_modules/llmobs-instrument/dist/main.js"), ...args]);

describe("a new user, in an empty folder, with the packed packages", () => {
  test("takes the README's tour", async () => {
    const [app] = snippets(page("README.md"));
    writeFileSync(join(project, app?.file ?? ""), app?.text ?? "");
    const { code, stdout, stderr } = await cli("run", "app.ts");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Refunds take five days.\n" });
    expect(stderr).toMatch(
      /session user-1 {2}2 spans\nworkflow answer .*app\.ts:19\n└─ retrieval search_library .*app\.ts:9\n\nspans are in \.llmobs\n$/,
    );
    expect((await cli("check", "app.ts")).stdout).toContain("2 traced, 0 errors in 1 files");
  });

  test.each(["docs/tags.md", "docs/sdk.md", "docs/providers.md", "docs/manifest.md"])(
    "runs what %s shows",
    async (path) => {
      const found = snippets(page(path));
      expect(found.length).toBeGreaterThan(0);
      for (const { file, text } of found) {
        writeFileSync(join(project, file), text);
        expect(await cli("run", file)).toMatchObject({ code: 0, stderr: expect.stringMatching(/spans are in/) });
      }
    },
  );

  test("loads every entry, as ES module and with require", async () => {
    const program = `
      import { createRequire } from "node:module";
      const require = createRequire(import.meta.url);
      for (const name of ["@llmobs/runtime", "@llmobs/runtime/compiled", "@llmobs/transformer", "@llmobs/transformer/esbuild", "@llmobs/transformer/typescript",
        "llmobs-instrument", "llmobs-instrument/esbuild", "llmobs-instrument/typescript"]) {
        const [loaded, required] = [await import(name), require(name)];
        console.log(name, Object.keys(loaded).filter((key) => key in required && key !== "__esModule" && key !== "module.exports").join());
      }
      const [{ llmobs }, other] = [await import("@llmobs/runtime"), require("@llmobs/runtime")];
      llmobs.enable({ dir: "both" });
      console.log("one state:", other.llmobs !== llmobs && other.llmobs.enabled);
    `;
    writeFileSync(join(project, "entries.mjs"), program);
    const args = ["--disable-warning=ExperimentalWarning", "entries.mjs"];
    const { stdout, stderr } = await node(project, args, { LLMOBS_EXPORTERS: "files" });
    expect(stderr).toBe("");
    expect(stdout.trim().split("\n")).toEqual([
      "@llmobs/runtime ValidationError,llmobs,redact",
      "@llmobs/runtime/compiled asyncGenerator,call,callMember,generator,open,run,site,superOf",
      "@llmobs/transformer CATALOGUE,KINDS,ProjectManifest,check,createManifest,findTagRanges,formatDiagnostic,formatWithFrame,instrument,readImport,writeManifest",
      "@llmobs/transformer/esbuild default",
      "@llmobs/transformer/typescript default",
      "llmobs-instrument CATALOGUE,KINDS,ProjectManifest,check,createManifest,findTagRanges,formatDiagnostic,formatWithFrame,instrument,readImport,writeManifest",
      "llmobs-instrument/esbuild default",
      "llmobs-instrument/typescript default",
      "one state: true",
    ]);
  });
});

describe("the tarballs", () => {
  const bin = (name: string) => join(ROOT, "node_modules/.bin", name);

  test("pass publint and are-the-types-wrong", async () => {
    for (const tarball of tarballs) {
      await execute(bin("publint"), ["--strict", tarball]);
      // The transformer and the command are ES modules only, as `require` of one works from Node 20.19 on.
      const profile = tarball.includes("runtime") ? "node16" : "esm-only";
      await execute(bin("attw"), ["--profile", profile, tarball]);
    }
  });

  test("the runtime depends on nothing", async () => {
    const list: { dependencies?: Record<string, { dependencies?: object }> } = JSON.parse(
      await npm(project, "ls", "--json", "--all"),
    );
    expect(list.dependencies?.["@llmobs/runtime"]?.dependencies ?? {}).toEqual({});
  });
});
