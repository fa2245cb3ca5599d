import { expect, test } from "vitest";
import { chunks, completion, embeddings } from "./payloads/mistral.js";
import { standIn } from "./stand-in.js";
import { tracedProgram } from "./traced-program.js";

test("Mistral's chat and embeddings are read, whole and streamed", async () => {
  const origin = await standIn(({ path, body }) => {
    if (path.endsWith("/embeddings")) return { json: embeddings };
    return body.stream === true ? { events: chunks, done: "[DONE]" } : { json: completion };
  });
  const { span } = await tracedProgram("mistral", origin);

  const large = { model_name: "mistral-large-latest", model_provider: "mistral" };
  const metrics = { input_tokens: 11, output_tokens: 7, total_tokens: 18 };
  const call = { name: "get_weather", arguments: { city: "Paris" }, tool_id: "call_1" };
  const thought = { role: "reasoning", content: "They greet." };

  expect(span("whole")).toMatchObject({
    status: "ok",
    streamed: false,
    meta: {
      ...large,
      input: {
        messages: [
          { role: "system", content: "Be kind." },
          {
            role: "user",
            content: "What is this?",
            image_parts: [{ mime_type: "image/png", content: "iVBORw0KGgo=" }],
          },
          { role: "assistant", tool_calls: [{ name: "see", arguments: { at: 1 }, tool_id: "call_0" }] },
          { role: "tool", content: "a cat", tool_id: "call_0" },
        ],
      },
      output: { messages: [thought, { role: "assistant", content: "Hello", tool_calls: [call] }] },
      metadata: { temperature: 0.3, max_tokens: 100, random_seed: 7, finish_reason: "tool_calls" },
      tool_definitions: [{ name: "get_weather", description: "Weather", schema: { type: "object" } }],
    },
    metrics,
  });
  expect(span("streamed")).toMatchObject({
    status: "ok",
    streamed: true,
    meta: {
      ...large,
      output: { messages: [thought, { role: "assistant", content: "Hello", tool_calls: [call] }] },
      metadata: { finish_reason: "tool_calls" },
    },
    metrics,
  });
  expect(span("embed")).toMatchObject({
    meta: {
      input: { documents: [{ text: "one" }, { text: "two" }] },
      output: { value: "[2 embedding(s) returned with size 3]" },
      model_name: "mistral-embed",
      model_provider: "mistral",
    },
    metrics: { input_tokens: 4, total_tokens: 4 },
  });
});
