import { expect, test } from "vitest";
import * as said from "./payloads/openai-chat.js";
import { type Asked, type Reply, standIn } from "./stand-in.js";
import { tracedProgram } from "./traced-program.js";

const events = (list: readonly unknown[]): Reply => ({ events: list, done: "[DONE]" });

function reply({ path, body }: Asked): Reply | undefined {
  const [, service] = path.split("/");
  switch (service) {
    case "azure":
      return events(said.azureChunks);
    case "deepseek":
      return { json: said.deepseek };
    case "groq":
      return events(said.groqChunks);
    case "openrouter":
      return { json: said.openrouter };
    case "vllm":
      return { json: said.vllmCompletion };
  }
  if (path.endsWith("/embeddings")) return { json: said.embeddings };
  switch (body.model) {
    case "spoken":
      return { json: said.spoken };
    case "parsed":
      return { json: said.parsed };
    case "text":
      return events(said.textChunks);
    case "legacy":
      return events(said.legacyChunks);
    case "refusal":
      return events(said.refusalChunks);
  }
  return body.stream === true ? events(said.chunks) : { json: said.completion };
}

test("chat completions are read, whole and streamed, from OpenAI and services that speak its API", async () => {
  const { span, stdout } = await tracedProgram("openai-chat", await standIn(reply));
  expect(stdout).toBe("Paris\n");

  const gpt = { model_name: "gpt-4o-2024-08-06", model_provider: "openai" };
  const metrics = {
    input_tokens: 19,
    output_tokens: 21,
    total_tokens: 40,
    cache_read_input_tokens: 8,
    reasoning_output_tokens: 6,
  };
  const calls = {
    role: "assistant",
    tool_calls: [
      { name: "get_weather", arguments: { city: "Paris" }, tool_id: "call_1", type: "function" },
      { name: "get_weather", arguments: { city: "Rome" }, tool_id: "call_2", type: "function" },
    ],
  };
  const hello = { messages: [{ role: "user", content: "hello" }] };
  const ok = { status: "ok", streamed: false };

  expect(span("tools")).toEqual({
    ...ok,
    meta: {
      ...gpt,
      input: {
        messages: [
          { role: "developer", content: "Be kind." },
          {
            role: "user",
            content: "What is this?\n[image]\n[file]",
            image_parts: [{ mime_type: "image/png", content: "iVBORw0KGgo=" }],
            audio_parts: [{ mime_type: "audio/wav", content: "UklGRg==" }],
          },
          { role: "assistant", tool_calls: [{ name: "see", arguments: {}, tool_id: "call_0", type: "function" }] },
          { role: "tool", content: "a cat", tool_id: "call_0" },
        ],
      },
      output: { messages: [calls, { role: "assistant", content: "I can't help with that." }] },
      metadata: { n: 2, temperature: 0, finish_reason: "tool_calls,stop" },
      tool_definitions: [
        { name: "get_weather", description: "Weather of a city", schema: { type: "object", properties: {} } },
      ],
    },
    metrics,
  });
  expect(span("spoken").meta).toMatchObject({
    output: {
      messages: [
        { role: "assistant", content: "Hello there" },
        { role: "assistant", tool_calls: [{ name: "now", arguments: {} }] },
      ],
    },
    metadata: { finish_reason: "stop,function_call" },
  });
  expect(span("streamed")).toEqual({
    status: "ok",
    streamed: true,
    meta: {
      ...gpt,
      input: hello,
      output: { messages: [{ role: "assistant", content: "Hello" }, calls] },
      metadata: { n: 2, finish_reason: "stop,tool_calls" },
    },
    metrics,
  });
  expect(span("legacy").meta).toMatchObject({
    output: { messages: [{ role: "assistant", tool_calls: [{ name: "now", arguments: { zone: "UTC" } }] }] },
    metadata: { finish_reason: "function_call" },
  });
  expect(span("refusal").meta.output).toEqual({ messages: [{ role: "assistant", content: "I can't help." }] });
  expect(span("lazy")).toMatchObject({ meta: { ...gpt, input: hello }, metrics });
  const paris = { ...gpt, output: { messages: [{ role: "assistant", content: '{"city":"Paris"}' }] } };
  expect(span("parse")).toMatchObject({ meta: paris, metrics });
  expect(span("response")).toMatchObject({ meta: paris, metrics });

  for (const helper of ["awaited helper", "heard helper", "iterated helper"]) {
    expect(span(helper), helper).toMatchObject({
      status: "ok",
      streamed: true,
      meta: { ...gpt, input: hello, output: { messages: [{ role: "assistant", content: "Hello" }] } },
      metrics,
    });
  }

  const thought = { role: "reasoning", content: "They greet." };
  const greeting = { role: "assistant", content: "Hello" };
  expect(span("azure")).toMatchObject({
    meta: { ...gpt, model_provider: "azure_openai", output: { messages: [greeting] } },
    metrics,
  });
  expect(span("deepseek")).toMatchObject({
    meta: { model_name: "deepseek-reasoner", model_provider: "deepseek", output: { messages: [thought, greeting] } },
    metrics: { input_tokens: 10, output_tokens: 12, cache_read_input_tokens: 4, reasoning_output_tokens: 5 },
  });
  expect(span("groq")).toMatchObject({
    streamed: true,
    meta: { model_name: "qwen/qwen3-32b", model_provider: "groq", output: { messages: [thought, greeting] } },
    metrics: { input_tokens: 9, output_tokens: 7, total_tokens: 16 },
  });
  expect(span("openrouter")).toMatchObject({
    meta: {
      model_name: "anthropic/claude-sonnet-4.5",
      model_provider: "openrouter",
      output: { messages: [thought, greeting] },
    },
    metrics: { input_tokens: 10, cache_read_input_tokens: 3, cache_write_input_tokens: 2 },
  });
  expect(span("completion")).toMatchObject({
    meta: {
      input: { messages: [{ role: "", content: "say" }] },
      output: { messages: [{ role: "assistant", content: "Hello there" }] },
      metadata: { finish_reason: "length" },
    },
    metrics: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
  });
  expect(span("base64")).toMatchObject({
    meta: {
      input: { documents: [{ text: "one" }, { text: "two" }] },
      output: { value: "[2 embedding(s) returned with size 3]" },
      model_name: "text-embedding-3-small",
    },
    metrics: { input_tokens: 5, total_tokens: 5 },
  });
});
