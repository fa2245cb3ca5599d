/*
 * What `toJSON` of @langchain/core 1.4's messages gives. Replayed, as the package brings 53 MB:
 * https://v03.api.js.langchain.com/classes/_langchain_core.messages.AIMessage.html
 */

const serialised = (name: string, kwargs: object) => ({
  lc: 1,
  type: "constructor",
  id: ["langchain_core", "messages", name],
  kwargs: { additional_kwargs: {}, response_metadata: {}, ...kwargs },
});

export const human = (content: unknown) => serialised("HumanMessage", { content });
export const system = (content: string) => serialised("SystemMessage", { content });
export const toolMessage = (content: string, tool_call_id: string) =>
  serialised("ToolMessage", { content, tool_call_id, name: "see" });

const usage_metadata = {
  input_tokens: 10,
  output_tokens: 20,
  total_tokens: 30,
  input_token_details: { cache_read: 4, cache_creation: 2 },
  output_token_details: { reasoning: 5 },
};

const response_metadata = { model_name: "gpt-4o-2024-08-06", model_provider: "openai", finish_reason: "tool_calls" };

export const aiMessage = serialised("AIMessage", {
  content: [
    { type: "thinking", thinking: "They greet." },
    { type: "text", text: "Hello" },
    { type: "tool_use", id: "call_1", name: "get_weather", input: { city: "Paris" } },
  ],
  tool_calls: [{ name: "get_weather", args: { city: "Paris" }, id: "call_1", type: "tool_call" }],
  invalid_tool_calls: [],
  usage_metadata,
  response_metadata,
});

const chunk = (kwargs: object) =>
  serialised("AIMessageChunk", {
    content: "",
    tool_calls: [],
    invalid_tool_calls: [],
    tool_call_chunks: [],
    ...kwargs,
  });

const piece = (more: object) => ({ index: 0, type: "tool_call_chunk", ...more });

export const chunks = [
  chunk({ content: "", additional_kwargs: { reasoning_content: "They " } }),
  chunk({ content: "", additional_kwargs: { reasoning_content: "greet." } }),
  chunk({ content: "Hel" }),
  chunk({ content: [{ type: "text", text: "lo", index: 0 }] }),
  chunk({ tool_call_chunks: [piece({ name: "get_weather", args: '{"city":', id: "call_1" })] }),
  chunk({ tool_call_chunks: [piece({ args: '"Paris"}' })] }),
  chunk({ response_metadata }),
  chunk({ usage_metadata: { ...usage_metadata, output_tokens: 15, total_tokens: 25 } }),
  chunk({ usage_metadata: { input_tokens: 0, output_tokens: 5, total_tokens: 5 } }),
];

export const generated = {
  generations: [[{ text: "Hello", message: aiMessage, generationInfo: { finish_reason: "stop" } }]],
  llmOutput: { tokenUsage: { promptTokens: 10, completionTokens: 20, totalTokens: 30 } },
};

export const completed = {
  generations: [[{ text: "Hello", generationInfo: { finishReason: "stop", logprobs: null } }]],
  llmOutput: { tokenUsage: { promptTokens: 3, completionTokens: 2, totalTokens: 5 } },
};

export const documents = [
  { pageContent: "Refunds take five days.", metadata: { source: "policy.md", loc: 1 }, id: "d-1" },
  { pageContent: "Parcels leave on Mondays.", metadata: {} },
];
