import OpenAI, { AzureOpenAI } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import type { ChatCompletionCreateParamsNonStreaming, ChatCompletionCreateParamsStreaming } from "openai/resources";
import { z } from "zod";

const origin = process.env.ORIGIN ?? "";
const clientOf = (service: string) => new OpenAI({ apiKey: "k", baseURL: `${origin}/${service}`, maxRetries: 0 });
const openai = clientOf("openai");
const user = { role: "user", content: "hello" } as const;

/** @llmobs llm name={_name} */
async function whole(_name: string, client: OpenAI, body: ChatCompletionCreateParamsNonStreaming) {
  return await client.chat.completions.create(body);
}

/** @llmobs llm name={_name} */
async function streamed(_name: string, client: OpenAI, body: Omit<ChatCompletionCreateParamsStreaming, "stream">) {
  return await client.chat.completions.create({ ...body, stream: true });
}

async function consume(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

/** @llmobs llm name="lazy" */
function lazy(messages: ChatCompletionCreateParamsNonStreaming["messages"]) {
  return openai.chat.completions.create({ model: "gpt-4o", messages });
}

/** @llmobs llm name="parse" */
function parse() {
  const format = zodResponseFormat(z.object({ city: z.string() }), "place");
  return openai.chat.completions.parse({ model: "parsed", messages: [user], response_format: format });
}

/** @llmobs llm name="response" */
async function withResponse() {
  return await openai.chat.completions.create({ model: "parsed", messages: [user] }).withResponse();
}

/** @llmobs llm name={_name} */
function helper(_name: string, messages: ChatCompletionCreateParamsNonStreaming["messages"]) {
  return openai.chat.completions.stream({ model: "text", messages, stream_options: { include_usage: true } });
}

/** @llmobs llm name="completion" */
async function complete(prompt: string) {
  return await clientOf("vllm").completions.create({ model: "meta-llama/Llama-3.1-8B", prompt });
}

/** @llmobs embedding name="base64" */
async function embed(input: string[]) {
  const body = { model: "text-embedding-3-small", input, encoding_format: "base64" } as const;
  return await openai.embeddings.create(body);
}

await whole("tools", openai, {
  model: "gpt-4o",
  n: 2,
  temperature: 0,
  messages: [
    { role: "developer", content: "Be kind." },
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?" },
        { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } },
        { type: "image_url", image_url: { url: "https://example.com/a.png" } },
        { type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } },
        { type: "file", file: { file_id: "file-1" } },
      ],
    },
    { role: "assistant", tool_calls: [{ id: "call_0", type: "function", function: { name: "see", arguments: "{}" } }] },
    { role: "tool", tool_call_id: "call_0", content: "a cat" },
  ],
  tools: [
    {
      type: "function",
      function: {
        name: "get_weather",
        description: "Weather of a city",
        parameters: { type: "object", properties: {} },
      },
    },
  ],
});
await whole("spoken", openai, { model: "spoken", messages: [user] });
await consume(
  await streamed("streamed", openai, {
    model: "gpt-4o",
    messages: [user],
    n: 2,
    stream_options: { include_usage: true },
  }),
);
await consume(await streamed("legacy", openai, { model: "legacy", messages: [user] }));
await consume(await streamed("refusal", openai, { model: "refusal", messages: [user] }));
await lazy([user]);
const { choices } = await parse();
await withResponse();
await helper("awaited helper", [user]).finalChatCompletion();
await helper("heard helper", [user])
  .on("content", () => undefined)
  .done();
await consume(helper("iterated helper", [user]));

const azure = new AzureOpenAI({ apiKey: "k", endpoint: `${origin}/azure`, apiVersion: "2024-10-21", maxRetries: 0 });
await consume(await streamed("azure", azure, { model: "my-deployment", messages: [user] }));
await whole("deepseek", clientOf("deepseek"), { model: "deepseek-reasoner", messages: [user] });
await consume(await streamed("groq", clientOf("groq"), { model: "qwen/qwen3-32b", messages: [user] }));
await whole("openrouter", clientOf("openrouter"), { model: "anthropic/claude-sonnet-4.5", messages: [user] });
await complete("say");
await embed(["one", "two"]);
console.log(choices[0]?.message.parsed?.city);
