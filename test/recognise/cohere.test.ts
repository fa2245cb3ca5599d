import { expect, test } from "vitest";
import { embeddings, events, text, tools } from "./payloads/cohere.js";
import { standIn } from "./stand-in.js";
import { tracedProgram } from "./traced-program.js";

test("Cohere's chat and embed are read, whole and streamed", async () => {
  const origin = await standIn(({ path, body }) => {
    if (path.endsWith("/embed")) return { json: embeddings };
    if (body.stream === true) return { events };
    return { json: body.model === "text" ? text : tools };
  });
  const { span } = await tracedProgram("cohere", origin);

  const metrics = { input_tokens: 71, output_tokens: 12, total_tokens: 83, cache_read_input_tokens: 16 };
  const plan = { role: "reasoning", content: "I will look it up." };
  const calls = [{ name: "get_weather", arguments: { city: "Paris" }, tool_id: "get_weather_1", type: "function" }];

  expect(span("tools")).toEqual({
    status: "ok",
    streamed: false,
    meta: {
      model_name: "command-a-03-2025",
      model_provider: "cohere",
      input: {
        messages: [
          { role: "system", content: "Be kind." },
          { role: "user", content: "hello" },
          { role: "reasoning", content: "I will see." },
          { role: "assistant", tool_calls: [{ name: "see", arguments: {}, tool_id: "see_1", type: "function" }] },
          { role: "tool", content: "[document]", tool_id: "see_1" },
        ],
      },
      output: { messages: [plan, { role: "assistant", tool_calls: calls }] },
      metadata: { top_p: 0.5, temperature: 0.3, finish_reason: "TOOL_CALL" },
      tool_definitions: [{ name: "get_weather", description: "Weather", schema: { type: "object" } }],
    },
    metrics,
  });
  expect(span("text").meta).toMatchObject({
    output: {
      messages: [
        { role: "reasoning", content: "They greet." },
        { role: "assistant", content: "Hello" },
      ],
    },
    metadata: { finish_reason: "COMPLETE" },
  });
  expect(span("streamed")).toEqual({
    status: "ok",
    streamed: true,
    meta: {
      model_name: "custom",
      model_provider: "cohere",
      input: { messages: [{ role: "user", content: "hello" }] },
      output: { messages: [plan, { role: "assistant", content: "Hello", tool_calls: calls }] },
      metadata: { finish_reason: "TOOL_CALL" },
    },
    metrics,
  });
  expect(span("embed")).toMatchObject({
    meta: {
      input: { documents: [{ text: "one" }, { text: "two" }] },
      output: { value: "[2 embedding(s) returned with size 3]" },
      model_provider: "cohere",
    },
    metrics: { input_tokens: 4 },
  });
});
