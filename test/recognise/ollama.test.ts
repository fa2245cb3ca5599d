import { expect, test } from "vitest";
import { chat, chatLines, embeddings, generated, generatedLines } from "./payloads/ollama.js";
import { type Reply, standIn } from "./stand-in.js";
import { tracedProgram } from "./traced-program.js";

test("Ollama's chat, generate and embed are read, whole and streamed", async () => {
  const origin = await standIn(({ path, body }): Reply => {
    if (path.endsWith("/embed")) return { json: embeddings };
    if (path.endsWith("/chat")) return body.stream === true ? { lines: chatLines } : { json: chat };
    return body.stream === true ? { lines: generatedLines } : { json: generated };
  });
  const { span } = await tracedProgram("ollama", origin);

  const qwen = { model_name: "qwen3", model_provider: "ollama" };
  const metrics = { input_tokens: 12, output_tokens: 8, total_tokens: 20 };
  const calls = [{ name: "get_weather", arguments: { city: "Paris" } }];
  const thought = { role: "reasoning", content: "They ask." };
  const hello = { role: "assistant", content: "Hello" };

  expect(span("chat")).toEqual({
    status: "ok",
    streamed: false,
    meta: {
      ...qwen,
      input: {
        messages: [
          { role: "user", content: "What is this?\n[image]" },
          { role: "assistant", content: "", tool_calls: [{ name: "see", arguments: { at: 1 } }] },
          { role: "tool", content: "a cat" },
        ],
      },
      output: { messages: [thought, { role: "assistant", content: "", tool_calls: calls }] },
      metadata: { temperature: 0.2, num_ctx: 2048, finish_reason: "stop" },
      tool_definitions: [{ name: "get_weather", description: "Weather", schema: { type: "object" } }],
    },
    metrics,
  });
  expect(span("streamed chat")).toMatchObject({
    streamed: true,
    meta: { ...qwen, output: { messages: [thought, { ...hello, tool_calls: calls }] } },
    metrics,
  });
  expect(span("generate")).toMatchObject({
    meta: {
      ...qwen,
      input: {
        messages: [
          { role: "system", content: "Be kind." },
          { role: "user", content: "hello" },
        ],
      },
      output: { messages: [thought, hello] },
    },
    metrics,
  });
  expect(span("streamed text")).toMatchObject({
    streamed: true,
    meta: { ...qwen, output: { messages: [hello] } },
    metrics,
  });
  expect(span("embed")).toMatchObject({
    meta: {
      input: { documents: [{ text: "one" }, { text: "two" }] },
      output: { value: "[2 embedding(s) returned with size 3]" },
      model_name: "all-minilm",
      model_provider: "ollama",
    },
    metrics: { input_tokens: 4 },
  });
});
