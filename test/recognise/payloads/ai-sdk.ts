/** Answers of https://platform.openai.com/docs/api-reference/chat to what the AI SDK asks. */

const about = { id: "chatcmpl-1", created: 1_760_000_000, model: "gpt-4o-2024-08-06" };

const usage = {
  prompt_tokens: 10,
  completion_tokens: 20,
  total_tokens: 30,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 5 },
};

const answer = (message: object, finish_reason: string) => ({
  ...about,
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason }],
  usage,
});

const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"city":"Paris"}' } };

export const toolCall = answer({ content: null, tool_calls: [call] }, "tool_calls");
export const text = answer({ content: "Sunny" }, "stop");
export const object = answer({ content: '{"city":"Paris"}' }, "stop");

const chunk = (delta: object, finish_reason: string | null = null) => ({
  ...about,
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, finish_reason }],
});

const last = { ...about, object: "chat.completion.chunk", choices: [], usage };

const streamed = (...pieces: readonly string[]) => [
  chunk({ role: "assistant", content: "" }),
  ...pieces.map((content) => chunk({ content })),
  chunk({}, "stop"),
  last,
];

export const textChunks = streamed("Sun", "ny");
export const objectChunks = streamed('{"city":', '"Paris"}');
export const toolCallChunks = [
  chunk({ role: "assistant", content: null, tool_calls: [{ index: 0, ...call }] }),
  chunk({}, "tool_calls"),
  last,
];

export const embeddings = {
  object: "list",
  data: [
    { object: "embedding", index: 0, embedding: [0.1, 0.2, 0.3] },
    { object: "embedding", index: 1, embedding: [0.4, 0.5, 0.6] },
  ],
  model: "text-embedding-3-small",
  usage: { prompt_tokens: 5, total_tokens: 5 },
};
