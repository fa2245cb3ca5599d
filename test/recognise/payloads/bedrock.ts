import { Named } from "../stand-in.js";

/*
 * Answers of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html and of
 * InvokeModel, whose body is the model maker's own:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html
 */

const usage = {
  inputTokens: 10,
  outputTokens: 20,
  totalTokens: 65,
  cacheReadInputTokens: 30,
  cacheWriteInputTokens: 5,
};

const toolUse = { toolUseId: "tooluse_1", name: "get_weather" };

export const converse = {
  output: {
    message: {
      role: "assistant",
      content: [
        { reasoningContent: { reasoningText: { text: "They greet.", signature: "sig" } } },
        { text: "Hello" },
        { toolUse: { ...toolUse, input: { city: "Paris" } } },
      ],
    },
  },
  stopReason: "tool_use",
  usage,
  metrics: { latencyMs: 100 },
};

export const converseEvents = [
  new Named("messageStart", { role: "assistant" }),
  new Named("contentBlockDelta", { contentBlockIndex: 0, delta: { reasoningContent: { text: "They " } } }),
  new Named("contentBlockDelta", { contentBlockIndex: 0, delta: { reasoningContent: { text: "greet." } } }),
  new Named("contentBlockDelta", { contentBlockIndex: 0, delta: { reasoningContent: { signature: "sig" } } }),
  new Named("contentBlockStop", { contentBlockIndex: 0 }),
  new Named("contentBlockDelta", { contentBlockIndex: 1, delta: { text: "Hel" } }),
  new Named("contentBlockDelta", { contentBlockIndex: 1, delta: { text: "lo" } }),
  new Named("contentBlockStop", { contentBlockIndex: 1 }),
  new Named("contentBlockStart", { contentBlockIndex: 2, start: { toolUse } }),
  new Named("contentBlockDelta", { contentBlockIndex: 2, delta: { toolUse: { input: '{"city":' } } }),
  new Named("contentBlockDelta", { contentBlockIndex: 2, delta: { toolUse: { input: '"Paris"}' } } }),
  new Named("contentBlockStop", { contentBlockIndex: 2 }),
  new Named("messageStop", { stopReason: "tool_use" }),
  new Named("metadata", { usage, metrics: { latencyMs: 100 } }),
];

/** Bodies of InvokeModel by model id. */
export const bodies: Readonly<Record<string, object>> = {
  "anthropic.claude-3-haiku-20240307-v1:0": {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude-3-haiku-20240307",
    content: [{ type: "text", text: "Hello" }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 9, output_tokens: 3 },
  },
  "amazon.nova-lite-v1:0": {
    output: { message: { role: "assistant", content: [{ text: "Hello" }] } },
    stopReason: "end_turn",
    usage: { inputTokens: 9, outputTokens: 3, totalTokens: 12 },
  },
  "amazon.titan-text-express-v1": {
    inputTextTokenCount: 9,
    results: [{ tokenCount: 3, outputText: "Hello", completionReason: "FINISH" }],
  },
  "meta.llama3-8b-instruct-v1:0": {
    generation: "Hello",
    prompt_token_count: 9,
    generation_token_count: 3,
    stop_reason: "stop",
  },
  "mistral.mistral-7b-instruct-v0:2": { outputs: [{ text: "Hello", stop_reason: "stop" }] },
  "cohere.command-text-v14": {
    id: "g-1",
    prompt: "hello",
    generations: [{ id: "1", text: "Hello", finish_reason: "COMPLETE" }],
  },
  "ai21.jamba-1-5-mini-v1:0": {
    id: "chat-1",
    model: "jamba-1.5-mini",
    choices: [{ index: 0, message: { role: "assistant", content: "Hello" }, finish_reason: "stop" }],
    usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
  },
};

export const titanEmbedding = { embedding: [0.1, 0.2, 0.3], inputTextTokenCount: 4 };

const invocation = {
  "amazon-bedrock-invocationMetrics": {
    inputTokenCount: 9,
    outputTokenCount: 3,
    invocationLatency: 100,
    firstByteLatency: 50,
  },
};

/** Chunks of InvokeModelWithResponseStream by model id. */
export const chunks: Readonly<Record<string, readonly object[]>> = {
  "anthropic.claude-3-haiku-20240307-v1:0": [
    {
      type: "message_start",
      message: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: "claude-3-haiku-20240307",
        content: [],
        stop_reason: null,
        usage: { input_tokens: 9, output_tokens: 1 },
      },
    },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hel" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "lo" } },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: 3 } },
    { type: "message_stop", ...invocation },
  ],
  "amazon.nova-lite-v1:0": [
    { messageStart: { role: "assistant" } },
    { contentBlockDelta: { delta: { text: "Hel" }, contentBlockIndex: 0 } },
    { contentBlockDelta: { delta: { text: "lo" }, contentBlockIndex: 0 } },
    { contentBlockStop: { contentBlockIndex: 0 } },
    { messageStop: { stopReason: "end_turn" } },
    { metadata: { usage: { inputTokens: 9, outputTokens: 3 }, metrics: {} }, ...invocation },
  ],
  "amazon.titan-text-express-v1": [
    { outputText: "Hel", index: 0, totalOutputTextTokenCount: null, completionReason: null, inputTextTokenCount: 9 },
    {
      outputText: "lo",
      index: 0,
      totalOutputTextTokenCount: 3,
      completionReason: "FINISH",
      inputTextTokenCount: null,
      ...invocation,
    },
  ],
  "meta.llama3-8b-instruct-v1:0": [
    { generation: "Hel", prompt_token_count: 9, generation_token_count: 1, stop_reason: null },
    { generation: "lo", prompt_token_count: null, generation_token_count: 3, stop_reason: "stop", ...invocation },
  ],
  "mistral.mistral-7b-instruct-v0:2": [
    { outputs: [{ text: "Hel", stop_reason: null }] },
    { outputs: [{ text: "lo", stop_reason: "stop" }], ...invocation },
  ],
  "ai21.jamba-1-5-mini-v1:0": [
    { id: "chat-1", choices: [{ index: 0, delta: { role: "assistant", content: "Hel" }, finish_reason: null }] },
    {
      id: "chat-1",
      choices: [{ index: 0, delta: { content: "lo" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
      ...invocation,
    },
  ],
};
