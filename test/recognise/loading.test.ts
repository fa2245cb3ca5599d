import { join } from "node:path";
import llmobs from "@llmobs/transformer/esbuild";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../runtime/test/temporary-folder.js";
import { node, workspaceFolder } from "../hosts/workspace-folder.js";
import { eventsIn } from "./events.js";

const ANSWER = `({
  object: "chat.completion", model: "gpt-4o",
  choices: [{ index: 0, message: { role: "assistant", content: "Hello" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
})`;

const APP = `
/** @llmobs llm */
function answer(prompt: string) { return ${ANSWER}; }
answer("hello");
`;

const read = {
  meta: { output: { messages: [{ role: "assistant", content: "Hello" }] }, model_name: "gpt-4o" },
  metrics: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
};

const register = ["--import", "@llmobs/transformer/register"];

test.each([
  ["ends by itself", ""],
  ["flushes at once", 'await (await import("@llmobs/runtime")).llmobs.flush(); process.exit();'],
  ["leaves at once", "process.exit();"],
])("the first answer is read where the program %s", async (_, end) => {
  const folder = workspaceFolder({ "main.ts": `${APP}${end}\nexport {};` });
  const { code, stderr } = await node(folder, [...register, "main.ts"], { LLMOBS_DIR: "spans" });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(eventsIn(join(folder, "spans"))).toMatchObject([read]);
});

test.each([
  ["Node", "node", []],
  ["an edge worker", "browser", ["workerd", "worker"]],
] as const)("answers are read in a bundle for %s", async (_, platform, conditions) => {
  // Where the package is not, so that all there is has to be in the bundle.
  const folder = temporaryFolder();
  await build({
    absWorkingDir: workspaceFolder({ "main.ts": APP }),
    entryPoints: ["main.ts"],
    bundle: true,
    format: "esm",
    platform,
    conditions: [...conditions],
    outfile: join(folder, "out.mjs"),
    logLevel: "silent",
    plugins: [llmobs()],
  });
  expect(await node(folder, ["out.mjs"], { LLMOBS_DIR: "spans" })).toMatchObject({ code: 0, stderr: "" });
  expect(eventsIn(join(folder, "spans"))).toMatchObject([read]);
});

test("what reads answers is loaded by the first span that needs it", async () => {
  const folder = workspaceFolder({
    "main.cjs": `
      const { llmobs } = require("@llmobs/runtime");
      const loaded = () => Object.keys(require.cache).some((file) => file.endsWith("readers.js"));
      (async () => {
        llmobs.task(() => 1);
        await llmobs.flush();
        const before = loaded();
        llmobs.retrieval(() => 1);
        await llmobs.flush();
        console.log(before, loaded());
      })();`,
  });
  const { stdout } = await node(folder, ["main.cjs"], { LLMOBS_DIR: "spans" });
  expect(stdout).toBe("false true\n");
});
