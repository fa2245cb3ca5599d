import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cli, project } from "./project.js";

const APP = {
  "src/main.ts":
    "/** @llmobs workflow */\nexport function answer(question: string) {\n  return question;\n}\nconsole.log(answer('a'));\n",
  "build.mjs":
    'import * as esbuild from "esbuild";\nimport llmobs from "llmobs-instrument/esbuild";\nawait esbuild.build({ entryPoints: ["src/main.ts"], outfile: "out/main.js", bundle: true, platform: "node", plugins: [llmobs()] });\n',
  "package.json": '{ "type": "module", "scripts": { "build": "node build.mjs" } }\n',
};

interface Link {
  readonly name: string;
  readonly state: string;
  readonly finding: string;
  readonly fix: string;
}

async function doctor(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly links: readonly Link[]; readonly folder: string }> {
  const folder = project(files);
  const { code, stdout } = await cli(folder, ["doctor", "--json", ...args], env);
  const { links }: { links: readonly Link[] } = JSON.parse(stdout);
  return { code, links, folder };
}

const broken = (links: readonly Link[]) => links.filter(({ state }) => state === "broken");

test("proves the whole chain, built and sent, and leaves nothing behind", async () => {
  const { code, links, folder } = await doctor(APP, { LLMOBS_DIR: "spans" });
  expect(links.map(({ name, state }) => `${state} ${name}`)).toEqual([
    "ok Node is new enough",
    "ok the runtime is found once",
    "ok tags are read",
    "ok a build is set up",
    "ok the built output carries the tags",
    "ok a traced program nests its spans",
    "ok a span reaches where it is sent",
  ]);
  expect(code).toBe(0);
  expect(existsSync(join(folder, "out/main.js"))).toBe(true);
});

test("off in this shell is no fault, and said", async () => {
  const { code, links } = await doctor(APP);
  expect(code).toBe(0);
  expect(links.at(-1)).toMatchObject({ state: "unknown", finding: "tracing is off in this shell" });
});

test.each([
  ["a build without the adapter", { ...APP, "build.mjs": 'import "esbuild";' }, "a build is set up"],
  ["a tag with an error", { ...APP, "src/bad.ts": "/** @llmobs wat */ function f() {}" }, "tags are read"],
  ["no tag", { ...APP, "src/main.ts": "export {};" }, "tags are read"],
  [
    "a tagged file outside of the build",
    { ...APP, "src/other.ts": "/** @llmobs task */ export function f() {}" },
    "the built output carries the tags",
  ],
  [
    "a build that fails",
    { ...APP, "package.json": '{ "type": "module", "scripts": { "build": "node build.mjs --x && exit 3" } }' },
    "the built output carries the tags",
  ],
])("names the broken link and how to mend it: %s", async (_, files, name) => {
  const { code, links } = await doctor(files);
  expect(code).toBe(1);
  expect(broken(links)).toMatchObject([{ name, fix: expect.stringMatching(/./) }]);
});

test("an intake that refuses", async () => {
  const server = createServer((_, response) => response.writeHead(403).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const { code, links } = await doctor(
    APP,
    { DD_LLMOBS_AGENTLESS_ENABLED: "true", DD_API_KEY: "k", DD_LLMOBS_OVERRIDE_ORIGIN: `http://127.0.0.1:${port}` },
    ["--no-build"],
  );
  expect(code).toBe(1);
  expect(broken(links).map(({ name }) => name)).toEqual([
    "the built output carries the tags",
    "a span reaches where it is sent",
  ]);
});
