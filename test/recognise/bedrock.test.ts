import { expect, test } from "vitest";
import { bodies, chunks, converse, converseEvents, titanEmbedding } from "./payloads/bedrock.js";
import { Named, type Reply, standIn } from "./stand-in.js";
import { tracedProgram } from "./traced-program.js";

function reply({ path }: { readonly path: string }): Reply | undefined {
  const [, , id = "", operation] = decodeURIComponent(path).split("/");
  switch (operation) {
    case "converse":
      return { json: converse };
    case "converse-stream":
      return { frames: converseEvents };
    case "invoke":
      return { json: id.includes("embed") ? titanEmbedding : bodies[id] };
    case "invoke-with-response-stream":
      return {
        frames: (chunks[id] ?? []).map(
          (body) => new Named("chunk", { bytes: Buffer.from(JSON.stringify(body)).toString("base64") }),
        ),
      };
  }
  return undefined;
}

test("Bedrock's Converse and InvokeModel are read, whole and streamed", async () => {
  const { span, stdout } = await tracedProgram("bedrock", await standIn(reply, "http2"), {
    // The client warns of what it will do on Node 20.
    NODE_NO_WARNINGS: "1",
    MODELS: Object.keys(bodies).join(),
    STREAMING: Object.keys(chunks).join(),
  });
  expect(stdout).toBe("");

  const metrics = {
    input_tokens: 45,
    output_tokens: 20,
    total_tokens: 65,
    cache_read_input_tokens: 30,
    cache_write_input_tokens: 5,
  };
  const model = { model_name: "anthropic.claude-sonnet-4-5-20250929-v1:0", model_provider: "amazon_bedrock" };
  const output = {
    messages: [
      { role: "reasoning", content: "They greet." },
      {
        role: "assistant",
        content: "Hello",
        tool_calls: [{ name: "get_weather", arguments: { city: "Paris" }, tool_id: "tooluse_1", type: "toolUse" }],
      },
    ],
  };

  expect(span("converse")).toEqual({
    status: "ok",
    streamed: false,
    meta: {
      ...model,
      input: {
        messages: [
          { role: "system", content: "Be kind." },
          { role: "user", content: "What is this?\n[image]" },
          {
            role: "assistant",
            tool_calls: [{ name: "see", arguments: { at: 1 }, tool_id: "tooluse_0", type: "toolUse" }],
          },
          {
            role: "user",
            tool_results: [
              { result: '{"seen":"a cat"}\nor a dog', tool_id: "tooluse_0", name: "", type: "toolResult" },
            ],
          },
        ],
      },
      output,
      metadata: { max_tokens: 100, temperature: 0.5, stop_sequences: ["."], finish_reason: "tool_use" },
      tool_definitions: [{ name: "get_weather", description: "Weather", schema: { type: "object" } }],
    },
    metrics,
  });
  expect(span("converse stream")).toEqual({
    status: "ok",
    streamed: true,
    meta: {
      ...model,
      input: { messages: [{ role: "user", content: "hello" }] },
      output,
      metadata: { finish_reason: "tool_use" },
    },
    metrics,
  });

  const hello = { messages: [{ role: "assistant", content: "Hello" }] };
  for (const id of Object.keys(bodies)) {
    const { meta, metrics: counts } = span(id);
    expect(meta, id).toMatchObject({
      model_provider: "amazon_bedrock",
      output: hello,
      metadata: { finish_reason: expect.any(String) },
    });
    // Older forms of Mistral and Cohere count in the headers of the HTTP response alone.
    const counted = !/mistral|cohere/.test(id);
    expect(counts, id).toEqual(counted ? { input_tokens: 9, output_tokens: 3, total_tokens: 12 } : {});
  }
  for (const id of Object.keys(chunks)) {
    const { streamed, meta, metrics: counts } = span(`stream ${id}`);
    expect({ streamed, meta, counts }, id).toMatchObject({
      streamed: true,
      meta: { model_provider: "amazon_bedrock", output: hello, metadata: { finish_reason: expect.any(String) } },
      counts: { input_tokens: 9, output_tokens: 3, total_tokens: 12 },
    });
  }
  expect(span("embed")).toMatchObject({
    meta: {
      input: { documents: [{ text: "one" }] },
      output: { value: "[1 embedding(s) returned with size 3]" },
      model_name: "amazon.titan-embed-text-v2:0",
      model_provider: "amazon_bedrock",
    },
    metrics: { input_tokens: 4 },
  });
});
