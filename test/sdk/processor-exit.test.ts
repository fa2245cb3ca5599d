import { join } from "node:path";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "../hosts/workspace-folder.js";
import { readSpans } from "./read-spans.js";

const PROGRAM = `
import { llmobs } from "@llmobs/runtime";
const [delay, ending] = process.argv.slice(2);
llmobs.registerProcessor((span) => {
  span.metadata.processed = true;
  return delay === "at-once" ? span : new Promise((done) => setTimeout(done, Number(delay), span).unref());
});
llmobs.task({ name: "t" }, () => llmobs.annotate({ inputData: "content" }));
if (ending === "exit") process.exit(3);
if (ending === "throw") throw new Error("own");
`;

async function run(delay: string, ending: string) {
  const folder = workspaceFolder({ "main.mjs": PROGRAM });
  const { code, stderr } = await node(folder, ["main.mjs", delay, ending], { LLMOBS_DIR: "spans" });
  const [span] = readSpans(join(folder, "spans"));
  const said = stderr.split("\n").filter((line) => line.startsWith("[llmobs]"));
  return { code, said, input: span?.meta.input, metadata: span?.meta.metadata };
}

const whole = { said: [], input: { value: "content" }, metadata: { processed: true } };
const withoutContent = {
  said: [expect.stringContaining("a span processor failed")],
  input: {},
  metadata: undefined,
};

test.each([
  ["at-once", "return", { code: 0, ...whole }],
  ["at-once", "exit", { code: 3, ...whole }],
  ["at-once", "throw", { code: 1, ...whole }],
  ["50", "return", { code: 0, ...whole }],
  ["50", "exit", { code: 3, ...withoutContent }],
  ["50", "throw", { code: 1, ...withoutContent }],
])("a processor that answers %s, in a program that ends by %s", async (delay, ending, expected) => {
  expect(await run(delay, ending)).toEqual(expected);
});
