import Anthropic from "@anthropic-ai/sdk";

const anthropic = new Anthropic({ apiKey: "k", baseURL: process.env.ORIGIN, maxRetries: 0 });
const body = { model: "claude-sonnet-5", max_tokens: 100, messages: [{ role: "user", content: "hello" }] } as const;
const request = { ...body, messages: [...body.messages] };

/** @llmobs llm name="whole" */
async function whole(params: Anthropic.MessageCreateParamsNonStreaming) {
  return await anthropic.messages.create(params);
}

/** @llmobs llm name="lazy" */
function lazy(messages: Anthropic.MessageParam[]) {
  return anthropic.messages.create({ ...request, messages });
}

/** @llmobs llm name="with response" */
function withResponse(messages: Anthropic.MessageParam[]) {
  return anthropic.messages.create({ ...request, messages });
}

/** @llmobs llm name="events" */
async function events() {
  return await anthropic.messages.create({ ...request, stream: true });
}

/** @llmobs llm name="final message" */
async function finalMessage() {
  return await anthropic.messages.stream(request).finalMessage();
}

/** @llmobs llm name={_name} */
function helper(_name: string) {
  return anthropic.messages.stream(request);
}

await whole({
  ...request,
  stop_sequences: ["."],
  system: [{ type: "text", text: "Be kind.", cache_control: { type: "ephemeral" } }],
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?" },
        { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" } },
        { type: "image", source: { type: "url", url: "https://example.com/a.png" } },
        { type: "document", source: { type: "url", url: "https://example.com/a.pdf" } },
      ],
    },
    { role: "assistant", content: [{ type: "tool_use", id: "toolu_0", name: "see", input: { at: 1 } }] },
    {
      role: "user",
      content: [
        { type: "tool_result", tool_use_id: "toolu_0", content: [{ type: "text", text: "a cat" }] },
        { type: "text", text: "And?" },
      ],
    },
  ],
  tools: [
    { name: "get_weather", description: "Weather", input_schema: { type: "object" } },
    { type: "web_search_20250305", name: "web_search" },
  ],
});
await lazy(request.messages);
for await (const _ of await events());
const { content } = await finalMessage();
await helper("awaited helper").finalMessage();
await helper("heard helper")
  .on("text", () => undefined)
  .done();
for await (const _ of helper("iterated helper"));
await withResponse(request.messages).withResponse();
console.log(content.length);
