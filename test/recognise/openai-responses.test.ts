import { expect, test } from "vitest";
import { events, MIDDLE, refusal, response } from "./payloads/openai-responses.js";
import { standIn } from "./stand-in.js";
import { tracedProgram } from "./traced-program.js";

test("OpenAI responses are read, whole and streamed", async () => {
  const origin = await standIn(({ body }) => {
    if (body.stream === true) return { events };
    return { json: body.model === "refusal" ? refusal : response };
  });
  const { span } = await tracedProgram("openai-responses", origin, { MIDDLE: String(MIDDLE) });

  const gpt = { model_name: "gpt-5-2025-08-07", model_provider: "openai" };
  const metrics = {
    input_tokens: 37,
    output_tokens: 20,
    total_tokens: 57,
    cache_read_input_tokens: 16,
    reasoning_output_tokens: 11,
  };
  const call = { name: "get_weather", arguments: { city: "Paris" }, tool_id: "call_1", type: "function_call" };
  const called = { role: "assistant", tool_calls: [call] };
  const hello = { role: "assistant", content: "Hello" };
  const definition = { name: "get_weather", description: "Weather", schema: { type: "object" } };

  expect(span("whole")).toEqual({
    status: "ok",
    streamed: false,
    meta: {
      ...gpt,
      input: {
        messages: [
          { role: "system", content: "Be kind." },
          {
            role: "user",
            content: "What is this?\n[file]",
            image_parts: [{ mime_type: "image/jpeg", content: "/9j/4AAQ" }],
          },
          { role: "assistant", tool_calls: [{ name: "see", arguments: {}, tool_id: "call_0", type: "function_call" }] },
          {
            role: "tool",
            tool_results: [{ result: "a cat", tool_id: "call_0", name: "", type: "function_call_output" }],
          },
        ],
      },
      output: {
        messages: [
          { role: "reasoning", content: "They greet." },
          {
            role: "assistant",
            tool_calls: [
              {
                name: "web_search",
                arguments: { action: { type: "search", query: "weather" } },
                tool_id: "ws_1",
                type: "web_search_call",
              },
            ],
          },
          {
            role: "assistant",
            tool_calls: [
              { name: "file_search", arguments: { queries: ["weather"] }, tool_id: "fs_1", type: "file_search_call" },
            ],
            tool_results: [
              {
                result: JSON.stringify([{ file_id: "file-1", filename: "a.md", score: 0.9, text: "Sun" }]),
                tool_id: "fs_1",
                name: "file_search",
                type: "file_search_call",
              },
            ],
          },
          { role: "assistant", content: "[image]" },
          called,
          hello,
        ],
      },
      metadata: { reasoning: { effort: "low" }, max_output_tokens: 100, finish_reason: "completed" },
      tool_definitions: [definition],
    },
    metrics,
  });
  const refused = { messages: [{ role: "assistant", content: "I can't help." }] };
  expect(span("text").meta).toMatchObject({
    input: { messages: [{ role: "user", content: "hello" }] },
    output: refused,
    metadata: { finish_reason: "content_filter" },
  });
  expect(span("parse")).toMatchObject({ meta: { ...gpt, output: refused }, metrics });
  expect(span("streamed")).toEqual({
    status: "ok",
    streamed: true,
    meta: {
      ...gpt,
      input: { messages: [{ role: "", content: JSON.stringify({ _name: "streamed", input: "hello" }) }] },
      output: { messages: [called, hello] },
      metadata: { finish_reason: "completed" },
      tool_definitions: [definition],
    },
    metrics,
  });
  for (const helper of ["awaited helper", "iterated helper"]) {
    expect(span(helper), helper).toMatchObject({
      status: "ok",
      streamed: true,
      meta: { ...gpt, output: { messages: [called, hello] } },
      metrics,
    });
  }
  // Nothing of the model's had come: there is no time to its first token.
  expect(span("opened")).toMatchObject({ status: "ok", streamed: false, meta: gpt });
  expect(span("broken")).toMatchObject({
    status: "ok",
    meta: { ...gpt, output: { messages: [called, hello] }, metadata: { finish_reason: "in_progress" } },
    metrics: {},
  });
});
