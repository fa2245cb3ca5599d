import { type ChatRequest, type GenerateRequest, Ollama } from "ollama";

const ollama = new Ollama({ host: process.env.ORIGIN ?? "" });
const messages = [{ role: "user", content: "hello" }];

/** @llmobs llm name="chat" */
async function chat(request: ChatRequest & { stream: false }) {
  return await ollama.chat(request);
}

/** @llmobs llm name="streamed chat" */
async function streamedChat(request: ChatRequest) {
  return await ollama.chat({ ...request, stream: true });
}

/** @llmobs llm name="generate" */
async function generate(request: GenerateRequest & { stream: false }) {
  return await ollama.generate(request);
}

/** @llmobs llm name="streamed text" */
async function streamedText(prompt: string) {
  return await ollama.generate({ model: "qwen3", prompt, stream: true });
}

/** @llmobs embedding name="embed" */
async function embed(input: string[]) {
  return await ollama.embed({ model: "all-minilm", input });
}

await chat({
  model: "qwen3",
  stream: false,
  options: { temperature: 0.2, num_ctx: 2048 },
  messages: [
    { role: "user", content: "What is this?", images: ["iVBORw0KGgo="] },
    { role: "assistant", content: "", tool_calls: [{ function: { name: "see", arguments: { at: 1 } } }] },
    { role: "tool", content: "a cat", tool_name: "see" },
  ],
  tools: [
    { type: "function", function: { name: "get_weather", description: "Weather", parameters: { type: "object" } } },
  ],
});
for await (const _ of await streamedChat({ model: "qwen3", messages }));
await generate({ model: "qwen3", prompt: "hello", system: "Be kind.", stream: false });
for await (const _ of await streamedText("hello"));
await embed(["one", "two"]);
