/** Answers of https://platform.openai.com/docs/api-reference/chat and of services that speak it. */

const about = { id: "chatcmpl-1", created: 1_760_000_000, model: "gpt-4o-2024-08-06", system_fingerprint: "fp_1" };

export const usage = {
  prompt_tokens: 19,
  completion_tokens: 21,
  total_tokens: 40,
  prompt_tokens_details: { cached_tokens: 8, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 6, audio_tokens: 0, accepted_prediction_tokens: 0 },
};

const weather = (city: string, id: string) => ({
  id,
  type: "function",
  function: { name: "get_weather", arguments: JSON.stringify({ city }) },
});

/** Two choices: two tool calls at once, and a refusal. */
export const completion = {
  ...about,
  object: "chat.completion",
  choices: [
    {
      index: 0,
      message: {
        role: "assistant",
        content: null,
        refusal: null,
        tool_calls: [weather("Paris", "call_1"), weather("Rome", "call_2")],
      },
      logprobs: null,
      finish_reason: "tool_calls",
    },
    {
      index: 1,
      message: { role: "assistant", content: null, refusal: "I can't help with that." },
      logprobs: { content: [{ token: "I", logprob: -0.1, bytes: [73], top_logprobs: [] }], refusal: null },
      finish_reason: "stop",
    },
  ],
  usage,
  service_tier: "default",
};

/** A spoken answer, and a call in the form of before there were tools. */
export const spoken = {
  ...about,
  object: "chat.completion",
  choices: [
    {
      index: 0,
      message: {
        role: "assistant",
        content: null,
        refusal: null,
        audio: { id: "audio_1", expires_at: 1_760_003_600, data: "UklGRg==", transcript: "Hello there" },
      },
      finish_reason: "stop",
    },
    {
      index: 1,
      message: { role: "assistant", content: null, function_call: { name: "now", arguments: "{}" } },
      finish_reason: "function_call",
    },
  ],
  usage,
};

export const parsed = {
  ...about,
  object: "chat.completion",
  choices: [
    { index: 0, message: { role: "assistant", content: '{"city":"Paris"}', refusal: null }, finish_reason: "stop" },
  ],
  usage,
};

const chunk = (choices: readonly unknown[], more: object = {}) => ({
  ...about,
  object: "chat.completion.chunk",
  choices,
  usage: null,
  ...more,
});

const delta = (said: object, finish_reason: string | null = null, index = 0) => ({
  index,
  delta: said,
  logprobs: null,
  finish_reason,
});

/** Two choices side by side: a text, and two tool calls in pieces. */
export const chunks = [
  chunk([delta({ role: "assistant", content: "", refusal: null })]),
  chunk([delta({ role: "assistant", content: null }, null, 1)]),
  chunk([delta({ content: "Hel" })]),
  chunk([
    delta(
      { tool_calls: [{ index: 0, id: "call_1", type: "function", function: { name: "get_weather", arguments: "" } }] },
      null,
      1,
    ),
  ]),
  chunk([delta({ content: "lo" })]),
  chunk([delta({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }, null, 1)]),
  chunk([
    delta(
      { tool_calls: [{ index: 1, id: "call_2", type: "function", function: { name: "get_weather", arguments: "" } }] },
      null,
      1,
    ),
  ]),
  chunk([delta({ tool_calls: [{ index: 0, function: { arguments: '"Paris"}' } }] }, null, 1)]),
  chunk([delta({ tool_calls: [{ index: 1, function: { arguments: '{"city":"Rome"}' } }] }, null, 1)]),
  chunk([delta({}, "stop"), delta({}, "tool_calls", 1)]),
  chunk([], { usage }),
];

/** A text and nothing else, for the helpers that put streams together. */
export const textChunks = [
  chunk([delta({ role: "assistant", content: "", refusal: null })]),
  chunk([delta({ content: "Hel" })]),
  chunk([delta({ content: "lo" })]),
  chunk([delta({}, "stop")]),
  chunk([], { usage }),
];

/** A call in pieces, in the form of before there were tools. */
export const legacyChunks = [
  chunk([delta({ role: "assistant", content: null, function_call: { name: "now", arguments: "" } })]),
  chunk([delta({ function_call: { arguments: '{"zone":' } })]),
  chunk([delta({ function_call: { arguments: '"UTC"}' } })]),
  chunk([delta({}, "function_call")]),
];

export const refusalChunks = [
  chunk([delta({ role: "assistant", content: null, refusal: "I can't " })]),
  chunk([delta({ refusal: "help." })]),
  chunk([delta({}, "stop")]),
];

/** Azure says first what its filter thinks of the prompt: https://learn.microsoft.com/azure/ai-services/openai/how-to/content-streaming */
export const azureChunks = [
  {
    id: "",
    object: "",
    created: 0,
    model: "",
    choices: [],
    prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
  },
  ...textChunks,
];

const compatible = { id: "x-1", object: "chat.completion", created: 1_760_000_000 };

/** https://api-docs.deepseek.com/api/create-chat-completion */
export const deepseek = {
  ...compatible,
  model: "deepseek-reasoner",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "Hello", reasoning_content: "They greet." },
      finish_reason: "stop",
    },
  ],
  usage: {
    prompt_tokens: 10,
    completion_tokens: 12,
    total_tokens: 22,
    prompt_cache_hit_tokens: 4,
    prompt_cache_miss_tokens: 6,
    completion_tokens_details: { reasoning_tokens: 5 },
  },
};

/** https://console.groq.com/docs/api-reference: usage in a field of its own while streaming */
export const groqChunks = [
  {
    ...about,
    object: "chat.completion.chunk",
    model: "qwen/qwen3-32b",
    choices: [delta({ role: "assistant", reasoning: "They " })],
    x_groq: { id: "req_1" },
  },
  { ...about, object: "chat.completion.chunk", model: "qwen/qwen3-32b", choices: [delta({ reasoning: "greet." })] },
  { ...about, object: "chat.completion.chunk", model: "qwen/qwen3-32b", choices: [delta({ content: "Hello" })] },
  {
    ...about,
    object: "chat.completion.chunk",
    model: "qwen/qwen3-32b",
    choices: [delta({}, "stop")],
    x_groq: { id: "req_1", usage: { queue_time: 0.01, prompt_tokens: 9, completion_tokens: 7, total_tokens: 16 } },
  },
];

/** https://openrouter.ai/docs/api-reference/overview */
export const openrouter = {
  ...compatible,
  provider: "Anthropic",
  model: "anthropic/claude-sonnet-4.5",
  choices: [
    {
      index: 0,
      native_finish_reason: "end_turn",
      message: { role: "assistant", content: "Hello", refusal: null, reasoning: "They greet." },
      finish_reason: "stop",
    },
  ],
  usage: {
    prompt_tokens: 10,
    completion_tokens: 2,
    total_tokens: 12,
    cost: 0.0001,
    prompt_tokens_details: { cached_tokens: 3, cache_write_tokens: 2 },
  },
};

/** vLLM: https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
export const vllmCompletion = {
  id: "cmpl-1",
  object: "text_completion",
  created: 1_760_000_000,
  model: "meta-llama/Llama-3.1-8B",
  choices: [{ index: 0, text: "Hello there", logprobs: null, finish_reason: "length", stop_reason: null }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
};

export const embeddings = {
  object: "list",
  data: [
    { object: "embedding", index: 0, embedding: "AACAPwAAAEAAAEBA" },
    { object: "embedding", index: 1, embedding: "AACAPwAAAEAAAEBA" },
  ],
  model: "text-embedding-3-small",
  usage: { prompt_tokens: 5, total_tokens: 5 },
};
