import { expect, test } from "vitest";
import * as said from "./payloads/ai-sdk.js";
import { type Asked, type Reply, standIn } from "./stand-in.js";
import { tracedProgram } from "./traced-program.js";

function reply({ path, body }: Asked): Reply | undefined {
  if (path.endsWith("/embeddings")) return { json: said.embeddings };
  const asked = JSON.stringify(body.messages);
  const whole = body.stream !== true;
  const choose = (json: unknown, events: readonly unknown[]): Reply => (whole ? { json } : { events, done: "[DONE]" });
  if (asked.includes("fail")) return undefined;
  if (asked.includes('"object"')) return choose(said.object, said.objectChunks);
  // The second step answers what the tool gave.
  if (asked.includes("clear") || asked.includes("plain")) return choose(said.text, said.textChunks);
  return choose(said.toolCall, said.toolCallChunks);
}

test.each([
  { SDK: "ai-5", PROVIDER: "ai-sdk-openai-2" },
  { SDK: "ai", PROVIDER: "@ai-sdk/openai" },
  { SDK: "ai-7", PROVIDER: "@ai-sdk/openai" },
])("results of the AI SDK are read, whole and streamed: $SDK", async (packages) => {
  const { span, stdout } = await tracedProgram("ai-sdk", await standIn(reply), packages);
  expect(stdout).toBe("true pending\nSunny Sunny 60 Paris\n");

  const gpt = { model_name: "gpt-4o-2024-08-06", model_provider: "openai" };
  const twoSteps = {
    input_tokens: 20,
    output_tokens: 40,
    total_tokens: 60,
    cache_read_input_tokens: 8,
    reasoning_output_tokens: 10,
  };
  const oneStep = {
    input_tokens: 10,
    output_tokens: 20,
    total_tokens: 30,
    cache_read_input_tokens: 4,
    reasoning_output_tokens: 5,
  };
  const sunny = { role: "assistant", content: "Sunny" };
  const output = {
    messages: [
      {
        role: "assistant",
        tool_calls: [{ name: "get_weather", arguments: { city: "Paris" }, tool_id: "call_1", type: "tool-call" }],
      },
      {
        role: "tool",
        tool_results: [{ result: '{"sky":"clear"}', tool_id: "call_1", name: "get_weather", type: "tool-result" }],
      },
      sunny,
    ],
  };

  const tools = span("tools");
  expect(tools).toMatchObject({
    status: "ok",
    meta: {
      ...gpt,
      input: {
        messages: [
          { role: "system", content: "Be kind." },
          {
            role: "user",
            content: "What is this?",
            image_parts: [{ mime_type: "image/png", content: "iVBORw0KGgo=" }],
          },
          { role: "reasoning", content: "I look." },
          {
            role: "assistant",
            tool_calls: [{ name: "see", arguments: { at: 1 }, tool_id: "call_0", type: "tool-call" }],
          },
          {
            role: "tool",
            tool_results: [{ result: '{"seen":1}', tool_id: "call_0", name: "see", type: "tool-result" }],
          },
        ],
      },
      output,
      metadata: { temperature: 0.5, max_output_tokens: 100, finish_reason: "stop" },
      tool_definitions: [{ name: "get_weather", description: "Weather", schema: { type: "object" } }],
    },
  });
  expect(tools.metrics).toMatchObject(twoSteps);

  for (const name of ["text stream", "full stream", "awaited", "consumed", "response", "ui"]) {
    const { status, streamed, meta, metrics } = span(name);
    expect({ status, streamed, meta, metrics }, name).toMatchObject({
      status: "ok",
      streamed: true,
      meta: { ...gpt, output, metadata: { finish_reason: "stop" } },
      metrics: twoSteps,
    });
  }
  expect(span("failing")).toMatchObject({
    status: "error",
    meta: { input: { messages: [{ content: expect.stringContaining("fail") }] } },
  });
  // Before version 6 an abort looks like any failure.
  expect(span("aborted").status).toBe(packages.SDK === "ai-5" ? "error" : "ok");
  expect(span("unread")).toMatchObject({ status: "ok", streamed: false });
  expect(span("workflow").meta.output).toEqual({ value: "Sunny" });

  const paris = { ...gpt, output: { messages: [{ role: "assistant", content: '{"city":"Paris"}' }] } };
  for (const name of ["object", "object stream", "text of object"]) {
    expect(span(name), name).toMatchObject({ status: "ok", meta: paris, metrics: oneStep });
  }
  expect(span("embed")).toMatchObject({
    meta: {
      input: { documents: [{ text: "one" }] },
      output: { value: "[1 embedding(s) returned with size 3]" },
      model_name: "text-embedding-3-small",
      model_provider: "openai",
    },
    metrics: { input_tokens: 5 },
  });
  expect(span("embedMany")).toMatchObject({
    meta: {
      input: { documents: [{ text: "one" }, { text: "two" }] },
      output: { value: "[2 embedding(s) returned with size 3]" },
    },
    metrics: { input_tokens: 5 },
  });
});
