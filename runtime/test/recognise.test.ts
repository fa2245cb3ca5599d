import { describe, expect, test } from "vitest";
import { truncateText } from "../src/capture/truncation.js";
import { run, site } from "../src/compiled.js";
import { type EnableOptions, llmobs } from "../src/index.js";
import type { Json } from "../src/json.js";
import { readMessages } from "../src/recognise/message.js";
import { recogniseArguments } from "../src/recognise/request.js";
import { recogniseResult } from "../src/recognise/table.js";
import type { SpanKind } from "../src/span/kinds.js";
import { traced } from "./traced.js";

const at = (kind: SpanKind, constants: { readonly input?: false } = {}) =>
  site({ id: "a.ts#f", kind, name: "f", function: "f", file: "a.ts", line: 1, column: 1, constants });

async function spanOf(kind: SpanKind, input: object, result: unknown, options?: EnableOptions & { hides?: boolean }) {
  const { hides = false, ...rest } = options ?? {};
  const { event } = await traced(
    () =>
      run(
        at(kind, hides ? { input: false } : {}),
        () => input,
        () => result,
      ),
    rest,
  );
  return event("f");
}

const request = {
  model: "gpt-4o",
  messages: [{ role: "user", content: "secret question" }],
  tools: [{ type: "function", function: { name: "see", description: "secret tool" } }],
};

describe("arguments that are no request", () => {
  test("a function's own parameters stay one message, whatever their names", async () => {
    const { meta } = await spanOf("llm", { prompt: "Why?", context: "notes", model: "m" }, "so");
    expect(meta).toMatchObject({
      input: { messages: [{ role: "", content: '{"prompt":"Why?","context":"notes","model":"m"}' }] },
      model_name: "m",
    });
  });

  test("nor do those of which one has a request's name among others", () => {
    const input = { model: "m", input: "Why?", notes: "much" };
    expect(recogniseArguments(input, "llm").inputMessages).toBeUndefined();
    const request = { model: "m", input: "Why?", instructions: "Be kind.", temperature: 0 };
    expect(recogniseArguments(request, "llm").inputMessages).toHaveLength(2);
  });

  test("only numbers and switches among them are parameters: a text may be anything", () => {
    const input = { temperature: 0.5, parallel_tool_calls: false, thinking: "secret", stop: ["secret"], topK: 3, k: 4 };
    expect(recogniseArguments(input, "llm").metadata).toEqual({
      temperature: 0.5,
      parallel_tool_calls: false,
      top_k: 3,
    });
  });

  test("a list of users is no conversation", () => {
    expect(recogniseArguments({ users: [{ role: "admin", name: "A" }] }, "llm").inputMessages).toBeUndefined();
  });
});

describe("requests", () => {
  test.each<[string, Json]>([
    ["as the one argument of a call", request],
    ["among the arguments of a call", [request, { timeout: 5 }]],
    ["among the parameters of a function", { body: request, user: "u" }],
  ])("are found %s", (_, input) => {
    expect(recogniseArguments(input, "llm")).toEqual({
      inputMessages: request.messages,
      modelName: "gpt-4o",
      metadata: {},
      toolDefinitions: [{ name: "see", description: "secret tool" }],
    });
  });

  test("offered tools are recorded, unless content or input is not", async () => {
    const input = { body: request };
    expect((await spanOf("llm", input, "so")).meta.tool_definitions).toHaveLength(1);
    for (const options of [{ hides: true }, { capture: "metadata" } as const]) {
      expect(JSON.stringify(await spanOf("llm", input, "so", options))).not.toContain("secret");
    }
  });

  test("messages of a user interface of the AI SDK are read", () => {
    const parts = [
      { type: "step-start" },
      { type: "reasoning", text: "I look." },
      { type: "tool-see", toolCallId: "c1", state: "output-available", input: { at: 1 }, output: { seen: "a cat" } },
      { type: "dynamic-tool", toolName: "hear", toolCallId: "c2", state: "input-available", input: {} },
      { type: "text", text: "A cat." },
    ];
    expect(readMessages([{ id: "1", role: "assistant", parts }])).toEqual([
      { role: "reasoning", content: "I look." },
      {
        role: "assistant",
        content: "A cat.",
        tool_calls: [
          { name: "see", arguments: { at: 1 }, tool_id: "c1", type: "tool-call" },
          { name: "hear", arguments: {}, tool_id: "c2", type: "tool-call" },
        ],
        tool_results: [{ result: '{"seen":"a cat"}', tool_id: "c1", name: "see", type: "tool-result" }],
      },
    ]);
  });

  test("a picture that a capture limit cut is only named", () => {
    const image = (url: string) => [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }];
    const url = `data:image/png;base64,${"iVBORw0K".repeat(20)}`;
    expect(readMessages(image(url))).toMatchObject([{ content: "", image_parts: [{ mime_type: "image/png" }] }]);
    expect(readMessages(image(truncateText(url, 100)))).toEqual([{ role: "user", content: "[image]" }]);
  });
});

test("an annotation that is no message is one message of its text", async () => {
  const { event } = await traced(() =>
    llmobs.llm({ name: "f" }, () => llmobs.annotate({ inputData: [{ question: "Why?" }], outputData: { answer: 42 } })),
  );
  expect(event("f").meta).toMatchObject({
    input: { messages: [{ role: "", content: '[{"question":"Why?"}]' }] },
    output: { messages: [{ role: "", content: '{"answer":42}' }] },
  });
});

test("what a capture limit cut of embeddings is counted all the same", async () => {
  const vector = Array.from({ length: 1536 }, () => 0.5);
  const data = Array.from({ length: 1200 }, () => ({ object: "embedding", embedding: vector.slice(0, 20) }));
  const many = await spanOf("embedding", { texts: ["a"] }, { object: "list", data, model: "m" });
  expect(many.meta.output.value).toBe("[1200 embedding(s) returned with size 20]");
  const long = { object: "list", data: [{ object: "embedding", embedding: vector }], model: "m" };
  expect((await spanOf("embedding", { texts: ["a"] }, long)).meta.output.value).toBe(
    "[1 embedding(s) returned with size 1536]",
  );
  for (const floats of [1, 2, 3, 384]) {
    const embedding = Buffer.from(new Float32Array(floats).buffer).toString("base64");
    for (const text of [embedding, truncateText(embedding, 4)]) {
      const base64 = { object: "list", data: [{ object: "embedding", embedding: text }] };
      expect(recogniseResult(base64)?.outputText).toBe(`[1 embedding(s) returned with size ${floats}]`);
    }
  }
});
