import { join } from "node:path";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "../hosts/workspace-folder.js";
import { eventsIn } from "./events.js";

const PROGRAM = `
import { LLMock } from "@copilotkit/aimock";
import OpenAI from "openai";
import type { ChatCompletionMessageParam as Message } from "openai/resources/chat/completions";

const server = new LLMock({ port: 0, chunkSize: 4 })
  .onMessage("weather", { toolCalls: [{ id: "call_1", name: "get_weather", arguments: '{"city":"Paris"}' }] })
  .onMessage("hello", { content: "Hello to you too" })
  .onEmbedding(/./, { embedding: [0.1, 0.2, 0.3] });
const client = new OpenAI({ apiKey: "k", baseURL: (await server.start()) + "/v1" });
const model = "gpt-4o";
const user = (content: string): Message[] => [{ role: "system", content: "Be kind." }, { role: "user", content }];

/** @llmobs llm name="plain" */
async function plain(messages: Message[], temperature = 0.5) {
  return client.chat.completions.create({ model, messages, temperature });
}
/** @llmobs llm name="request" */
async function request(body: OpenAI.ChatCompletionCreateParamsNonStreaming) {
  return client.chat.completions.create(body);
}
/** @llmobs llm name="streamed" */
async function streamed(messages: Message[]) {
  return client.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } });
}
/** @llmobs llm name="lazy" */
function lazy(messages: Message[]) {
  return client.chat.completions.create({ model, messages });
}
/** @llmobs llm name="text" modelName={model} modelProvider="Mine" */
async function text(prompt: string) {
  const { choices } = await plain(user(prompt));
  return choices[0]?.message.content ?? "";
}
/** @llmobs embedding name="embed" */
async function embed(texts: string[]) {
  return client.embeddings.create({ model: "text-embedding-3-small", input: texts, encoding_format: "float" });
}

await plain(user("say hello"));
await request({ model, messages: [...user("what is the weather"), { role: "tool", tool_call_id: "call_0", content: "12" }], max_tokens: 9 });
let answer = "";
const stream = await streamed(user("say hello"));
for await (const chunk of stream) answer += chunk.choices[0]?.delta.content ?? "";
for await (const _ of await streamed(user("weather"))) {}
for await (const _ of await streamed(user("say hello"))) break;
const pending = lazy(user("say hello"));
console.log(pending.constructor.name, answer, Object.keys(stream).join());
await pending;
await text("say hello");
await embed(["one", "two"]);
await server.stop();
`;

test("calls of the real client are read: messages, tools, model, parameters, tokens", async () => {
  const folder = workspaceFolder({ "main.ts": PROGRAM });
  const { stdout, stderr } = await node(folder, ["--import", "@llmobs/transformer/register", "main.ts"], {
    LLMOBS_DIR: "spans",
  });
  expect({ stdout, stderr }).toEqual({ stdout: "APIPromise Hello to you too iterator,controller\n", stderr: "" });
  const events = eventsIn(join(folder, "spans"));
  const of = (name: string) => events.filter((event) => event.name === name);

  const system = { role: "system", content: "Be kind." };
  const hello = {
    input: { messages: [system, { role: "user", content: "say hello" }] },
    output: { messages: [{ role: "assistant", content: "Hello to you too" }] },
  };
  const openai = { model_name: expect.stringContaining("gpt-4o"), model_provider: "openai" };
  const tokens = {
    input_tokens: expect.any(Number),
    output_tokens: expect.any(Number),
    total_tokens: expect.any(Number),
  };
  const toolCall = {
    output: {
      messages: [
        {
          role: "assistant",
          tool_calls: [{ name: "get_weather", arguments: { city: "Paris" }, tool_id: "call_1", type: "function" }],
        },
      ],
    },
  };

  expect(of("plain")[0]).toMatchObject({
    meta: { ...hello, ...openai, metadata: { temperature: 0.5, finish_reason: "stop" } },
    metrics: tokens,
  });
  expect(of("request")).toMatchObject([
    {
      meta: {
        ...toolCall,
        ...openai,
        input: {
          messages: [
            system,
            { role: "user", content: "what is the weather" },
            { role: "tool", content: "12", tool_id: "call_0" },
          ],
        },
        metadata: { max_tokens: 9, finish_reason: "tool_calls" },
      },
      metrics: tokens,
    },
  ]);
  const [whole, tools, broken] = of("streamed");
  expect(whole).toMatchObject({
    meta: { ...hello, ...openai, metadata: { finish_reason: "stop" } },
    metrics: { ...tokens, time_to_first_token: expect.any(Number) },
  });
  expect(tools).toMatchObject({ meta: { ...toolCall, ...openai } });
  expect(broken).toMatchObject({ status: "ok", meta: { output: { messages: [{ role: "assistant" }] } } });
  expect(of("lazy")).toMatchObject([{ meta: hello, metrics: tokens }]);
  expect(of("text")).toMatchObject([
    {
      meta: {
        input: { messages: [{ role: "", content: "say hello" }] },
        output: { messages: [{ role: "", content: "Hello to you too" }] },
        model_name: "gpt-4o",
        model_provider: "mine",
      },
      metrics: {},
    },
  ]);
  expect(of("embed")).toMatchObject([
    {
      meta: {
        input: { documents: [{ text: "one" }, { text: "two" }] },
        output: { value: "[2 embedding(s) returned with size 3]" },
        model_name: "text-embedding-3-small",
        model_provider: "openai",
      },
    },
  ]);
});
