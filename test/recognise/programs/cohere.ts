import { type Cohere, CohereClientV2 } from "cohere-ai";

const cohere = new CohereClientV2({ token: "k", environment: process.env.ORIGIN ?? "" });
const model = "command-a-03-2025";

/** @llmobs llm name={_name} */
async function chat(_name: string, request: Cohere.V2ChatRequest) {
  return await cohere.chat(request);
}

/** @llmobs llm name="streamed" */
async function streamed(messages: Cohere.ChatMessageV2[]) {
  return await cohere.chatStream({ model, messages });
}

/** @llmobs embedding name="embed" */
async function embed(texts: string[]) {
  return await cohere.embed({ model: "embed-v4.0", inputType: "search_query", texts, embeddingTypes: ["float"] });
}

await chat("tools", {
  model,
  p: 0.5,
  temperature: 0.3,
  messages: [
    { role: "system", content: "Be kind." },
    { role: "user", content: "hello" },
    {
      role: "assistant",
      toolPlan: "I will see.",
      toolCalls: [{ id: "see_1", type: "function", function: { name: "see", arguments: "{}" } }],
    },
    { role: "tool", toolCallId: "see_1", content: [{ type: "document", document: { data: { seen: "a cat" } } }] },
  ],
  tools: [
    { type: "function", function: { name: "get_weather", description: "Weather", parameters: { type: "object" } } },
  ],
});
await chat("text", { model: "text", messages: [{ role: "user", content: "hello" }] });
for await (const _ of await streamed([{ role: "user", content: "hello" }]));
await embed(["one", "two"]);
