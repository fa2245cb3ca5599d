import { expect, test } from "vitest";
import { tracedProgram } from "./traced-program.js";

test("LangChain's messages, streams, results and documents are read", async () => {
  const { span } = await tracedProgram("langchain", "");

  const gpt = { model_name: "gpt-4o-2024-08-06", model_provider: "openai" };
  const metrics = {
    input_tokens: 10,
    output_tokens: 20,
    total_tokens: 30,
    cache_read_input_tokens: 4,
    cache_write_input_tokens: 2,
    reasoning_output_tokens: 5,
  };
  const answer = [
    { role: "reasoning", content: "They greet." },
    {
      role: "assistant",
      content: "Hello",
      tool_calls: [{ name: "get_weather", arguments: { city: "Paris" }, tool_id: "call_1", type: "tool_call" }],
    },
  ];
  const output = { messages: answer };
  const metadata = { finish_reason: "tool_calls" };

  expect(span("invoke")).toEqual({
    status: "ok",
    streamed: false,
    meta: {
      ...gpt,
      input: {
        messages: [
          { role: "system", content: "Be kind." },
          { role: "user", content: "What is this?" },
          ...answer,
          { role: "tool", content: "a cat", tool_id: "call_1" },
        ],
      },
      output,
      metadata,
    },
    metrics,
  });
  expect(span("stream")).toMatchObject({
    streamed: true,
    meta: { ...gpt, input: { messages: [{ role: "user", content: "hello" }] }, output, metadata },
    metrics,
  });
  expect(span("generate")).toMatchObject({ meta: { ...gpt, output, metadata }, metrics });
  expect(span("raw")).toMatchObject({ meta: { ...gpt, output, metadata }, metrics });
  expect(span("complete")).toMatchObject({
    meta: { output: { messages: [{ role: "assistant", content: "Hello" }] } },
    metrics: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
  });
  const refunds = { text: "Refunds take five days.", name: "policy.md", id: "d-1" };
  const parcels = { text: "Parcels leave on Mondays." };
  expect(span("search").meta.output).toEqual({ documents: [refunds, parcels] });
  expect(span("search with scores").meta.output).toEqual({
    documents: [
      { ...refunds, score: 0.5 },
      { ...parcels, score: 1.5 },
    ],
  });
});
