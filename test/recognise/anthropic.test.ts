import { expect, test } from "vitest";
import { events, message } from "./payloads/anthropic.js";
import { standIn } from "./stand-in.js";
import { tracedProgram } from "./traced-program.js";

test("Anthropic messages are read, whole and streamed", async () => {
  const origin = await standIn(({ body }) => (body.stream === true ? { events } : { json: message }));
  const { span, stdout } = await tracedProgram("anthropic", origin);
  expect(stdout).toBe("4\n");

  const claude = { model_name: "claude-sonnet-5", model_provider: "anthropic" };
  const metrics = {
    input_tokens: 60,
    output_tokens: 40,
    total_tokens: 100,
    cache_read_input_tokens: 20,
    cache_write_input_tokens: 30,
    ephemeral_5m_input_tokens: 25,
    ephemeral_1h_input_tokens: 5,
  };
  const thought = { role: "reasoning", content: "They greet." };
  const call = { name: "get_weather", arguments: { city: "Paris" }, tool_id: "toolu_1", type: "tool_use" };
  const input = { messages: [{ role: "user", content: "hello" }] };

  expect(span("whole")).toEqual({
    status: "ok",
    streamed: false,
    meta: {
      ...claude,
      input: {
        messages: [
          { role: "system", content: "Be kind." },
          {
            role: "user",
            content: "What is this?\n[image]\n[document]",
            image_parts: [{ mime_type: "image/png", content: "iVBORw0KGgo=" }],
          },
          {
            role: "assistant",
            tool_calls: [{ name: "see", arguments: { at: 1 }, tool_id: "toolu_0", type: "tool_use" }],
          },
          {
            role: "user",
            content: "And?",
            tool_results: [{ result: "a cat", tool_id: "toolu_0", name: "", type: "tool_result" }],
          },
        ],
      },
      output: {
        messages: [
          thought,
          {
            role: "assistant",
            content: "Looking it up.",
            tool_calls: [
              { name: "web_search", arguments: { query: "weather" }, tool_id: "srvtoolu_1", type: "server_tool_use" },
              call,
            ],
            tool_results: [
              {
                result: JSON.stringify(message.content[5]?.content),
                tool_id: "srvtoolu_1",
                name: "",
                type: "web_search_tool_result",
              },
            ],
          },
        ],
      },
      metadata: { max_tokens: 100, stop_sequences: ["."], finish_reason: "tool_use" },
      tool_definitions: [
        { name: "get_weather", description: "Weather", schema: { type: "object" } },
        { name: "web_search" },
      ],
    },
    metrics,
  });
  expect(span("lazy")).toMatchObject({ meta: { ...claude, input }, metrics });
  expect(span("with response")).toMatchObject({ meta: { ...claude, input }, metrics });

  const streamed = {
    messages: [
      thought,
      {
        role: "assistant",
        content: "Hello",
        tool_calls: [call, { name: "now", arguments: {}, tool_id: "toolu_2", type: "tool_use" }],
      },
    ],
  };
  expect(span("events")).toEqual({
    status: "ok",
    streamed: true,
    meta: { ...claude, input: {}, output: streamed, metadata: { finish_reason: "tool_use" } },
    metrics,
  });
  for (const helper of ["awaited helper", "heard helper", "iterated helper"]) {
    expect(span(helper), helper).toMatchObject({
      status: "ok",
      streamed: true,
      meta: { ...claude, output: streamed },
      metrics,
    });
  }
  expect(span("final message")).toMatchObject({ streamed: false, meta: { ...claude, output: streamed }, metrics });
});
