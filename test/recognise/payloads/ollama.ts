/** Answers of https://github.com/ollama/ollama/blob/main/docs/api.md */

const about = { model: "qwen3", created_at: "2026-01-01T00:00:00.000Z" };

const done = {
  done: true,
  done_reason: "stop",
  total_duration: 500,
  load_duration: 100,
  prompt_eval_count: 12,
  prompt_eval_duration: 100,
  eval_count: 8,
  eval_duration: 200,
};

const call = { function: { name: "get_weather", arguments: { city: "Paris" } } };

export const chat = {
  ...about,
  message: { role: "assistant", content: "", thinking: "They ask.", tool_calls: [call] },
  ...done,
};

export const chatLines = [
  { ...about, message: { role: "assistant", content: "", thinking: "They " }, done: false },
  { ...about, message: { role: "assistant", content: "", thinking: "ask." }, done: false },
  { ...about, message: { role: "assistant", content: "Hel" }, done: false },
  { ...about, message: { role: "assistant", content: "lo" }, done: false },
  { ...about, message: { role: "assistant", content: "", tool_calls: [call] }, done: false },
  { ...about, message: { role: "assistant", content: "" }, ...done },
];

export const generated = { ...about, response: "Hello", thinking: "They ask.", context: [1, 2, 3], ...done };

export const generatedLines = [
  { ...about, response: "Hel", done: false },
  { ...about, response: "lo", done: false },
  { ...about, response: "", context: [1, 2, 3], ...done },
];

export const embeddings = {
  model: "all-minilm",
  embeddings: [
    [0.1, 0.2, 0.3],
    [0.4, 0.5, 0.6],
  ],
  total_duration: 500,
  load_duration: 100,
  prompt_eval_count: 4,
};
