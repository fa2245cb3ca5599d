/** Answers of https://docs.mistral.ai/api/ */

const about = { id: "m-1", created: 1_760_000_000, model: "mistral-large-latest" };

const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };

const call = { id: "call_1", function: { name: "get_weather", arguments: '{"city":"Paris"}' }, index: 0 };

export const completion = {
  ...about,
  object: "chat.completion",
  choices: [
    {
      index: 0,
      message: {
        role: "assistant",
        content: [
          { type: "thinking", thinking: [{ type: "text", text: "They greet." }] },
          { type: "text", text: "Hello" },
        ],
        tool_calls: [call],
      },
      finish_reason: "tool_calls",
    },
  ],
  usage,
};

const chunk = (delta: object, finish_reason: string | null = null, more: object = {}) => ({
  ...about,
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, finish_reason }],
  ...more,
});

export const chunks = [
  chunk({ role: "assistant", content: "" }),
  chunk({ content: [{ type: "thinking", thinking: [{ type: "text", text: "They " }] }] }),
  chunk({ content: [{ type: "thinking", thinking: [{ type: "text", text: "greet." }] }] }),
  chunk({ content: "Hel" }),
  chunk({ content: "lo" }),
  chunk({ tool_calls: [call] }, "tool_calls", { usage }),
];

export const embeddings = {
  ...about,
  object: "list",
  data: [
    { object: "embedding", embedding: [0.1, 0.2, 0.3], index: 0 },
    { object: "embedding", embedding: [0.4, 0.5, 0.6], index: 1 },
  ],
  model: "mistral-embed",
  usage: { prompt_tokens: 4, completion_tokens: 0, total_tokens: 4 },
};
