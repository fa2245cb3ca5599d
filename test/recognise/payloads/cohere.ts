/** Answers of https://docs.cohere.com/reference/chat and https://docs.cohere.com/reference/embed */

const usage = {
  billed_units: { input_tokens: 5, output_tokens: 9 },
  tokens: { input_tokens: 71, output_tokens: 12 },
  cached_tokens: 16,
};

const call = {
  id: "get_weather_1",
  type: "function",
  function: { name: "get_weather", arguments: '{"city":"Paris"}' },
};

export const tools = {
  id: "c-1",
  finish_reason: "TOOL_CALL",
  message: { role: "assistant", tool_plan: "I will look it up.", tool_calls: [call] },
  usage,
};

export const text = {
  id: "c-2",
  finish_reason: "COMPLETE",
  message: {
    role: "assistant",
    content: [
      { type: "thinking", thinking: "They greet." },
      { type: "text", text: "Hello" },
    ],
  },
  usage,
};

export const events = [
  { type: "message-start", id: "c-3", delta: { message: { role: "assistant" } } },
  { type: "tool-plan-delta", delta: { message: { tool_plan: "I will " } } },
  { type: "tool-plan-delta", delta: { message: { tool_plan: "look it up." } } },
  { type: "content-start", index: 0, delta: { message: { content: { type: "text", text: "" } } } },
  { type: "content-delta", index: 0, delta: { message: { content: { text: "Hel" } } } },
  { type: "content-delta", index: 0, delta: { message: { content: { text: "lo" } } } },
  { type: "content-end", index: 0 },
  {
    type: "tool-call-start",
    index: 0,
    delta: { message: { tool_calls: { ...call, function: { name: "get_weather", arguments: "" } } } },
  },
  { type: "tool-call-delta", index: 0, delta: { message: { tool_calls: { function: { arguments: '{"city":' } } } } },
  { type: "tool-call-delta", index: 0, delta: { message: { tool_calls: { function: { arguments: '"Paris"}' } } } } },
  { type: "tool-call-end", index: 0 },
  { type: "message-end", id: "c-3", delta: { finish_reason: "TOOL_CALL", usage } },
];

export const embeddings = {
  id: "e-1",
  response_type: "embeddings_by_type",
  embeddings: {
    float: [
      [0.1, 0.2, 0.3],
      [0.4, 0.5, 0.6],
    ],
  },
  texts: ["one", "two"],
  meta: { api_version: { version: "2" }, billed_units: { input_tokens: 4 } },
};
