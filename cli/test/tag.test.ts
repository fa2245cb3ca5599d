import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, project } from "./project.js";

const CLIENT = 'import OpenAI from "openai";\nexport const client = new OpenAI();\n';
const ask = "client.chat.completions.create({ model, messages: [] })";

/** Sources with a function to tag each, in every shape that an insertion has to get right. */
const SHAPES: Readonly<Record<string, readonly [before: string, after: string]>> = {
  "declaration.ts": [
    `import { client } from "./client.js";\nexport async function f(model: string) { return ${ask}; }\n`,
    `import { client } from "./client.js";\n/** @llmobs llm modelName={model} modelProvider="openai" */\nexport async function f(model: string) { return ${ask}; }\n`,
  ],
  "windows.ts": [
    `\uFEFFimport { client } from "./client.js";\r\n\r\n/**\r\n * Asks.\r\n */\r\nexport const f = (model: string) => ${ask};`,
    `\uFEFFimport { client } from "./client.js";\r\n\r\n/**\r\n * Asks.\r\n * @llmobs llm modelName={model} modelProvider="openai"\r\n */\r\nexport const f = (model: string) => ${ask};`,
  ],
  "one-line-comment.ts": [
    `import { client } from "./client.js";\n/** Asks. */\nexport const f = (model: string) => ${ask};\n`,
    `import { client } from "./client.js";\n/** Asks.\n * @llmobs llm modelName={model} modelProvider="openai" */\nexport const f = (model: string) => ${ask};\n`,
  ],
  "tabs.ts": [
    `import { client } from "./client.js";\nexport class C {\n\t@log()\n\tasync ask(model: string) {\n\t\treturn ${ask};\n\t}\n}\n`,
    `import { client } from "./client.js";\nexport class C {\n\t/** @llmobs llm modelName={model} modelProvider="openai" */\n\t@log()\n\tasync ask(model: string) {\n\t\treturn ${ask};\n\t}\n}\n`,
  ],
  "default.mjs": [
    `import { client } from "./client.js";\nexport default async (model) => ${ask};`,
    `import { client } from "./client.js";\n/** @llmobs llm modelName={model} modelProvider="openai" */\nexport default async (model) => ${ask};`,
  ],
  "object.js": [
    `import { client } from "./client.js";\nexport const bot = { ask(model) { return ${ask}; } };\n`,
    `import { client } from "./client.js";\nexport const bot = { /** @llmobs llm modelName={model} modelProvider="openai" */ ask(model) { return ${ask}; } };\n`,
  ],
  "several.ts": [
    `import { client } from "./client.js";\nexport const a = 1, f = (model: string) => ${ask};\n`,
    `import { client } from "./client.js";\nexport const a = 1, f = /** @llmobs llm modelName={model} modelProvider="openai" */ (model: string) => ${ask};\n`,
  ],
  "required.cjs": [
    `const { OpenAI } = require("openai");\nconst client = new OpenAI();\nexports.f = async (model) => ${ask};\n`,
    `const { OpenAI } = require("openai");\nconst client = new OpenAI();\n/** @llmobs llm name="f" modelName={model} modelProvider="openai" */\nexports.f = async (model) => ${ask};\n`,
  ],
};

const files = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name in SHAPES)
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );

test("inserts a tag and moves nothing else; a second run changes nothing; untag restores every byte", async () => {
  const before = Object.fromEntries(Object.entries(SHAPES).map(([name, [text]]) => [name, text]));
  const folder = project({ "client.ts": CLIENT, ...before });
  expect(await cli(folder, ["tag", "--write"])).toMatchObject({ code: 0, stderr: "" });
  expect(files(folder)).toEqual(Object.fromEntries(Object.entries(SHAPES).map(([name, [, after]]) => [name, after])));
  expect((await cli(folder, ["check"])).stdout).toMatch(/8 traced, 0 errors/);
  expect(await cli(folder, ["tag", "--check"])).toMatchObject({
    code: 0,
    stdout: "nothing to change of 9 looked at\n",
  });
  await cli(folder, ["untag", "--write"]);
  expect(files(folder)).toEqual(before);
});

describe("finds", () => {
  /** Proposals as `file function kind`. */
  async function proposals(sources: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const { stdout, stderr } = await cli(project(sources), ["tag", "--json"]);
    expect(stderr).toBe("");
    const { proposals: found }: { proposals: { file: string; function: string; kind: string }[] } = JSON.parse(stdout);
    return found.map(({ file, function: name, kind }) => `${file} ${name} ${kind}`);
  }

  test("a client through files, re-exports, path aliases, fields and interfaces", async () => {
    expect(
      await proposals({
        "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
        "src/client.ts": CLIENT,
        "src/index.ts": 'export { client as ai } from "./client.js";\n',
        "src/embed.ts":
          'import { ai } from "@/index";\nexport const embed = (input: string) => ai.embeddings.create({ input });\n',
        "src/model.ts": "export interface Model { complete(prompt: string): Promise<string> }\n",
        "src/open.ts":
          'import type OpenAI from "openai";\nimport type { Model } from "./model.js";\nexport class Open implements Model {\n  constructor(private readonly client: OpenAI) {}\n  async complete(prompt: string) {\n    const { output_text } = await this.client.responses.create({ input: prompt });\n    return output_text;\n  }\n}\n',
        "src/answer.ts":
          'import { embed } from "./embed.js";\nimport type { Model } from "./model.js";\nexport async function answer(model: Model, question: string) {\n  const vector = await embed(question);\n  return model.complete(vector + question);\n}\n',
      }),
    ).toEqual(["src/answer.ts answer workflow", "src/embed.ts embed embedding", "src/open.ts complete llm"]);
  });

  test("calls that mean one thing in every code base, on a client of a package it does not know", async () => {
    const source = (call: string) =>
      `import { client } from "@acme/models";\nexport const run = (text: string) => client.${call};\n`;
    expect(
      await proposals({
        "chat.ts": source("chat.completions.create({ messages: [text] })"),
        "embed.ts": source("embeddings.create({ input: text })"),
        "search.ts": source("similaritySearch(text)"),
        "other.ts": source("create({ text })"),
      }),
    ).toEqual(["chat.ts run llm", "embed.ts run embedding", "search.ts run retrieval"]);
  });

  test("nothing in tests, generated files, constructors, and what is traced or ignored already", async () => {
    const body = (name: string) =>
      `import { client } from "./client.js";\nexport const ${name} = (model: string) => ${ask};\n`;
    expect(
      await proposals({
        "client.ts": CLIENT,
        "a.test.ts": body("a"),
        "dist/b.ts": body("b"),
        "c.ts": `// @generated by a tool\n${body("c")}`,
        "d.ts": `import { client } from "./client.js";\nexport class D { constructor(model: string) { ${ask}; } get e() { return client.embeddings.create({}); } }\n`,
        "f.ts": `import { client } from "./client.js";\n/** @llmobs ignore it is noisy */\nexport const f = (model: string) => ${ask};\n`,
        "g.ts": `import { traceable } from "langsmith/traceable";\nimport { client } from "./client.js";\nexport const g = traceable(async (model: string) => ${ask});\n`,
        "h.ts": `import { client } from "./client.js";\n/** @llmobs task */\nexport const h = (model: string) => ${ask};\n`,
      }),
    ).toEqual([]);
  });
});

test("a file that does not parse is said and the others are tagged", async () => {
  const folder = project({ "client.ts": CLIENT, "bad.ts": 'import OpenAI from "openai";\nfunction ( {' });
  writeFileSync(join(folder, "good.ts"), SHAPES["declaration.ts"]?.[0] ?? "");
  const { code, stdout } = await cli(folder, ["tag", "--write"]);
  expect(code).toBe(0);
  expect(stdout).toContain("bad.ts left alone: it does not parse");
  expect(readFileSync(join(folder, "good.ts"), "utf8")).toContain("@llmobs llm");
});
