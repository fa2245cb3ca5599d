import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "../hosts/workspace-folder.js";

const PROGRAM = `
import { LLMock } from "@copilotkit/aimock";
import OpenAI from "openai";

const server = new LLMock({ port: 0 }).onMessage("hello", { content: "Hello to you too" }).onEmbedding(/./, { embedding: [0.1, 0.2] });
const client = new OpenAI({ apiKey: "k", baseURL: (await server.start()) + "/v1" });
const messages = [{ role: "user" as const, content: "say hello" }];

/** @llmobs llm name="awaited" */
const completion = await client.chat.completions.create({ model: "gpt-4o", messages, temperature: 0.5 });
/** @llmobs llm name="kept" */
const pending = client.chat.completions.create({ model: "gpt-4o", messages });
console.log(pending.constructor.name, (await pending).object);
/** @llmobs llm name="streamed" */
const stream = await client.chat.completions.create({ model: "gpt-4o", messages, stream: true });
for await (const _ of stream) {}
/** @llmobs embedding name="embedded" */
await client.embeddings.create({ model: "text-embedding-3-small", input: ["one", "two"], encoding_format: "float" });
const chat = async (list: typeof messages, options: { readonly temperature: number }) => completion;
/** @llmobs llm name="list" */
await chat(messages, { temperature: 1 });
/** @llmobs llm name="messages" */
await (chat as (list: typeof messages) => Promise<OpenAI.ChatCompletion>)(messages);
const embed = async (...texts: string[]) => [[1]];
/** @llmobs embedding name="texts" */
await embed("one");
await server.stop();
`;

interface Event {
  readonly name: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, number>>;
}

test("the arguments of tagged calls of the real client are read as those of tagged functions", async () => {
  const folder = workspaceFolder({ "main.ts": PROGRAM });
  const { stdout, stderr } = await node(folder, ["--import", "@llmobs/transformer/register", "main.ts"], {
    LLMOBS_DIR: "spans",
  });
  expect({ stdout, stderr }).toEqual({ stdout: "APIPromise chat.completion\n", stderr: "" });
  const records = readdirSync(join(folder, "spans"))
    .filter((name) => name.endsWith(".ndjson"))
    .flatMap((name) =>
      readFileSync(join(folder, "spans", name), "utf8")
        .trimEnd()
        .split("\n"),
    )
    .map((line): { type: string; event: Event } => JSON.parse(line));
  const of = (name: string) => records.find(({ type, event }) => type === "span" && event.name === name)?.event;

  const said = { messages: [{ role: "user", content: "say hello" }] };
  const answer = { messages: [{ role: "assistant", content: "Hello to you too" }] };
  const model = { model_name: expect.stringContaining("gpt-4o"), model_provider: "openai" };
  expect(of("awaited")).toMatchObject({
    meta: { input: said, output: answer, ...model, metadata: { temperature: 0.5 } },
    metrics: { input_tokens: expect.any(Number) },
  });
  for (const name of ["kept", "streamed", "list", "messages"]) {
    expect(of(name)?.meta).toMatchObject({ input: said, output: answer, ...model });
  }
  expect(of("embedded")?.meta).toMatchObject({
    input: { documents: [{ text: "one" }, { text: "two" }] },
    output: { value: "[2 embedding(s) returned with size 2]" },
    model_name: "text-embedding-3-small",
  });
  expect(of("texts")?.meta).toMatchObject({ input: { documents: [{ text: "one" }] } });
});
