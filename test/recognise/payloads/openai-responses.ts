/** Answers of https://platform.openai.com/docs/api-reference/responses */

const about = {
  id: "resp_1",
  object: "response",
  created_at: 1_760_000_000,
  model: "gpt-5-2025-08-07",
  error: null,
  instructions: "Be kind.",
  metadata: {},
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: "auto",
  tools: [
    { type: "function", name: "get_weather", description: "Weather", parameters: { type: "object" }, strict: true },
  ],
  top_p: 1,
};

const usage = {
  input_tokens: 37,
  input_tokens_details: { cached_tokens: 16 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 11 },
  total_tokens: 57,
};

const thought = {
  id: "rs_1",
  type: "reasoning",
  summary: [{ type: "summary_text", text: "They greet." }],
};

const message = {
  id: "msg_1",
  type: "message",
  status: "completed",
  role: "assistant",
  content: [{ type: "output_text", text: "Hello", annotations: [], logprobs: [] }],
};

const call = {
  id: "fc_1",
  type: "function_call",
  status: "completed",
  call_id: "call_1",
  name: "get_weather",
  arguments: '{"city":"Paris"}',
};

export const response = {
  ...about,
  status: "completed",
  incomplete_details: null,
  output: [
    thought,
    { id: "ws_1", type: "web_search_call", status: "completed", action: { type: "search", query: "weather" } },
    {
      id: "fs_1",
      type: "file_search_call",
      status: "completed",
      queries: ["weather"],
      results: [{ file_id: "file-1", filename: "a.md", score: 0.9, text: "Sun" }],
    },
    { id: "ig_1", type: "image_generation_call", status: "completed", result: "iVBORw0KGgo=" },
    call,
    message,
  ],
  usage,
};

export const refusal = {
  ...about,
  status: "incomplete",
  incomplete_details: { reason: "content_filter" },
  output: [{ ...message, content: [{ type: "refusal", refusal: "I can't help." }] }],
  usage,
};

const begun = { ...about, status: "in_progress", incomplete_details: null, output: [], usage: null };

const at = (output_index: number) => ({ output_index, item_id: "msg_1", content_index: 0 });

const numbered = (list: readonly object[]) => list.map((event, sequence_number) => ({ ...event, sequence_number }));

/** The events of a stream, without their end. */
const beginning = [
  { type: "response.created", response: begun },
  { type: "response.in_progress", response: begun },
  { type: "response.output_item.added", output_index: 0, item: { ...call, arguments: "", status: "in_progress" } },
  { type: "response.function_call_arguments.delta", output_index: 0, item_id: "fc_1", delta: '{"city":"Paris"}' },
  { type: "response.function_call_arguments.done", output_index: 0, item_id: "fc_1", arguments: '{"city":"Paris"}' },
  { type: "response.output_item.done", output_index: 0, item: call },
  { type: "response.output_item.added", output_index: 1, item: { ...message, content: [], status: "in_progress" } },
  { type: "response.content_part.added", ...at(1), part: { type: "output_text", text: "", annotations: [] } },
  { type: "response.output_text.delta", ...at(1), delta: "Hel", logprobs: [] },
  { type: "response.output_text.delta", ...at(1), delta: "lo", logprobs: [] },
];

export const events = numbered([
  ...beginning,
  { type: "response.output_text.done", ...at(1), text: "Hello", logprobs: [] },
  { type: "response.content_part.done", ...at(1), part: { type: "output_text", text: "Hello", annotations: [] } },
  { type: "response.output_item.done", output_index: 1, item: message },
  { type: "response.completed", response: { ...begun, status: "completed", output: [call, message], usage } },
]);

/** What a consumer has seen who stops in the middle. */
export const MIDDLE = beginning.length;
