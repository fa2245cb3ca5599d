import { Mistral } from "@mistralai/mistralai";
import type { ChatCompletionRequest } from "@mistralai/mistralai/models/components/index.js";

const mistral = new Mistral({ apiKey: "k", serverURL: process.env.ORIGIN ?? "" });
const model = "mistral-large-latest";

/** @llmobs llm name="whole" */
async function whole(request: ChatCompletionRequest) {
  return await mistral.chat.complete(request);
}

/** @llmobs llm name="streamed" */
async function streamed(messages: ChatCompletionRequest["messages"]) {
  return await mistral.chat.stream({ model, messages });
}

/** @llmobs embedding name="embed" */
async function embed(inputs: string[]) {
  return await mistral.embeddings.create({ model: "mistral-embed", inputs });
}

await whole({
  model,
  temperature: 0.3,
  maxTokens: 100,
  randomSeed: 7,
  messages: [
    { role: "system", content: "Be kind." },
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?" },
        { type: "image_url", imageUrl: "data:image/png;base64,iVBORw0KGgo=" },
      ],
    },
    { role: "assistant", toolCalls: [{ id: "call_0", function: { name: "see", arguments: { at: 1 } } }] },
    { role: "tool", toolCallId: "call_0", name: "see", content: "a cat" },
  ],
  tools: [
    { type: "function", function: { name: "get_weather", description: "Weather", parameters: { type: "object" } } },
  ],
});
for await (const _ of await streamed([{ role: "user", content: "hello" }]));
await embed(["one", "two"]);
