import { expect, test } from "vitest";
import { blocked, chunks, embeddings, response } from "./payloads/google-genai.js";
import { standIn } from "./stand-in.js";
import { tracedProgram } from "./traced-program.js";

test("Google's generateContent and embedContent are read, whole and streamed", async () => {
  const origin = await standIn(({ path }) => {
    if (path.includes(":streamGenerateContent")) return { events: chunks };
    if (path.includes(":batchEmbedContents")) return { json: embeddings };
    return { json: path.includes("blocked") ? blocked : response };
  });
  const { span } = await tracedProgram("google-genai", origin);

  const gemini = { model_name: "gemini-2.5-flash", model_provider: "google" };
  const metrics = {
    input_tokens: 13,
    output_tokens: 12,
    total_tokens: 25,
    cache_read_input_tokens: 4,
    reasoning_output_tokens: 5,
  };
  const thought = { role: "reasoning", content: "They greet." };
  const call = { name: "get_weather", arguments: { city: "Paris" }, type: "function_call" };

  expect(span("whole")).toEqual({
    status: "ok",
    streamed: false,
    meta: {
      ...gemini,
      input: {
        messages: [
          { role: "system", content: "Be kind." },
          {
            role: "user",
            content: "What is this?\n[file]",
            image_parts: [{ mime_type: "image/png", content: "iVBORw0KGgo=" }],
          },
          { role: "assistant", tool_calls: [{ name: "see", arguments: { at: 1 }, type: "function_call" }] },
          {
            role: "user",
            tool_results: [{ result: '{"output":"a cat"}', name: "see", type: "function_response" }],
          },
        ],
      },
      output: {
        messages: [
          thought,
          {
            role: "assistant",
            content: "Hello",
            tool_calls: [
              { name: "code_execution", arguments: { language: "PYTHON", code: "print(1)" }, type: "executable_code" },
              { ...call, tool_id: "fc_1" },
            ],
            tool_results: [
              {
                result: '{"outcome":"OUTCOME_OK","output":"1"}',
                name: "code_execution",
                type: "code_execution_result",
              },
            ],
            image_parts: [{ mime_type: "image/png", content: "iVBORw0KGgo=" }],
          },
        ],
      },
      metadata: { temperature: 0.5, max_output_tokens: 100, finish_reason: "STOP" },
      tool_definitions: [{ name: "get_weather", description: "Weather", schema: { type: "object" } }],
    },
    metrics,
  });
  expect(span("blocked")).toMatchObject({
    meta: {
      input: { messages: [{ role: "user", content: "hello" }] },
      output: { messages: [] },
      metadata: { finish_reason: "SAFETY" },
    },
    metrics: { input_tokens: 10, total_tokens: 10 },
  });
  expect(span("streamed")).toEqual({
    status: "ok",
    streamed: true,
    meta: {
      ...gemini,
      input: { messages: [{ role: "", content: "hello" }] },
      output: { messages: [thought, { role: "assistant", content: "Hello", tool_calls: [call] }] },
      metadata: { finish_reason: "STOP" },
    },
    metrics,
  });
  expect(span("embed")).toMatchObject({
    meta: {
      input: { documents: [{ text: "one" }, { text: "two" }] },
      output: { value: "[2 embedding(s) returned with size 3]" },
      model_provider: "google",
    },
  });
});
