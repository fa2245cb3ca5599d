import { describe, expect, test } from "vitest";
import { llmobs } from "../src/index.js";
import { traced } from "./traced.js";

describe("messages", () => {
  test("tool calls, tool results, media and parts in the wire's form", async () => {
    const { event } = await traced(() =>
      llmobs.llm({ name: "chat" }, (span) => {
        span.annotate({
          inputData: [
            { role: "system", content: "Be brief." },
            "bare",
            {
              role: "user",
              content: [{ type: "text", text: "What is this?" }, { type: "image_url" }],
              imageParts: [
                { mimeType: "image/png", content: "aGk=" },
                { mimeType: "image/png", attachmentKey: "k-1" },
              ],
              audioParts: [{ mimeType: "audio/wav", content: "aGk=" }],
            },
            { role: "tool", content: "12 degrees", toolId: "call_1" },
            { role: "user", toolResults: [{ result: "12", toolId: "call_1", type: "function" }], toolId: "ignored" },
          ],
          outputData: {
            role: "assistant",
            content: null,
            toolCalls: [{ name: "weather", arguments: { city: "Paris" }, toolId: "call_2", type: "function" }],
          },
        });
      }),
    );
    expect(event("chat").meta).toMatchObject({
      input: {
        messages: [
          { role: "system", content: "Be brief." },
          { role: "", content: "bare" },
          {
            role: "user",
            content: "What is this?\n[image]",
            image_parts: [
              { mime_type: "image/png", content: "aGk=" },
              { mime_type: "image/png", attachment_key: "k-1" },
            ],
            audio_parts: [{ mime_type: "audio/wav", content: "aGk=" }],
          },
          { role: "tool", content: "12 degrees", tool_id: "call_1" },
          { role: "user", tool_results: [{ result: "12", tool_id: "call_1", name: "", type: "function" }] },
        ],
      },
      output: {
        messages: [
          {
            role: "assistant",
            tool_calls: [{ name: "weather", arguments: { city: "Paris" }, tool_id: "call_2", type: "function" }],
          },
        ],
      },
    });
    expect(JSON.stringify(event("chat").meta)).not.toContain("ignored");
  });

  test("what is no message is recorded as one with its text", async () => {
    // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
    const untyped: any = llmobs;
    const { event } = await traced(() => {
      llmobs.llm({ name: "odd" }, () => untyped.annotate({ inputData: { question: "why" }, outputData: 5 }));
      llmobs.llm({ name: "list" }, () =>
        untyped.annotate({ inputData: ["a", { content: "b" }], outputData: [1, "a"] }),
      );
      llmobs.llm({ name: "empty" }, () => llmobs.annotate({ inputData: [], outputData: { role: "assistant" } }));
    });
    const both = (name: string) => [event(name).meta.input.messages, event(name).meta.output.messages];
    const text = (content: string) => ({ role: "", content });
    expect(both("odd")).toEqual([[text('{"question":"why"}')], [text("5")]]);
    expect(both("list")).toEqual([[text("a"), text("b")], [text('[1,"a"]')]]);
    expect(both("empty")).toEqual([[], [{ role: "assistant", content: "" }]]);
  });

  test("media without a type or with two sources is left out", async () => {
    // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
    const untyped: any = llmobs;
    const { event } = await traced(() =>
      llmobs.llm({ name: "chat" }, () =>
        untyped.annotate({
          inputData: {
            content: "x",
            imageParts: [{ content: "a" }, { mimeType: "image/png", content: "a", attachmentKey: "b" }, 5],
          },
        }),
      ),
    );
    expect(event("chat").meta.input).toEqual({ messages: [{ role: "", content: "x" }] });
  });
});

describe("cost tags", () => {
  test("add up, and must be tags of the span", async () => {
    const before = llmobs.stats().ignored;
    const { event } = await traced(() =>
      llmobs.llm({ name: "l" }, () => {
        llmobs.annotate({ tags: { tier: "gold", team: "cx" }, costTags: ["tier", "unknown"] });
        llmobs.annotate({ costTags: ["team", "tier"], metadata: { _dd: { own: 1 }, keep: true } });
      }),
    );
    expect(event("l").meta.metadata).toEqual({ keep: true, _dd: { own: 1, cost_tags: ["tier", "team"] } });
    expect(llmobs.stats().ignored - before).toBe(1);
  });
});

describe("prompts", () => {
  const promptOf = async (annotate: () => void) => {
    const { event } = await traced(() => llmobs.llm({ name: "l" }, annotate));
    const { prompt } = event("l").meta.input;
    return { prompt, tags: event("l").tags };
  };

  test("have the reference's defaults and a tag that tells who said it", async () => {
    const { prompt, tags } = await promptOf(() => llmobs.annotate({ prompt: { variables: { a: "b" } } }));
    expect(prompt).toEqual({
      id: "test-app_unnamed-prompt",
      variables: { a: "b" },
      _dd_context_variable_keys: ["context"],
      _dd_query_variable_keys: ["question"],
    });
    expect(tags).toContain("prompt_tracking_instrumentation_method:annotated");
  });

  test("chat templates, placeholders, retrieval variables and Datadog's ids", async () => {
    const { prompt } = await promptOf(() =>
      llmobs.annotate({
        prompt: {
          id: "p",
          version: "3",
          template: [
            { role: "user", content: "Hi {{n}}" },
            { type: "placeholder", name: "history" },
          ],
          variables: { n: "Al" },
          tags: { team: "cx" },
          contextVariables: ["docs"],
          queryVariables: [],
          promptUuid: "u-1",
          promptVersionUuid: "u-2",
        },
      }),
    );
    expect(prompt).toEqual({
      id: "p",
      version: "3",
      prompt_uuid: "u-1",
      prompt_version_uuid: "u-2",
      variables: { n: "Al" },
      chat_template: [
        { role: "user", content: "Hi {{n}}" },
        { type: "placeholder", name: "history" },
      ],
      tags: { team: "cx" },
      _dd_context_variable_keys: ["docs"],
      _dd_query_variable_keys: [],
    });
  });

  test("merge by field; another id, version or template makes another prompt", async () => {
    const first = { id: "a", version: "1", template: "Hi {{n}}", contextVariables: ["docs"], promptUuid: "u" };
    const { prompt: same } = await promptOf(() => {
      llmobs.annotate({ prompt: first });
      llmobs.annotate({ prompt: { variables: { n: "Al" }, queryVariables: ["q"] } });
    });
    expect(same).toEqual({
      id: "a",
      version: "1",
      prompt_uuid: "u",
      variables: { n: "Al" },
      template: "Hi {{n}}",
      _dd_context_variable_keys: ["docs"],
      _dd_query_variable_keys: ["q"],
    });
    const { prompt: another } = await promptOf(() => {
      llmobs.annotate({ prompt: first });
      llmobs.annotate({ prompt: { version: "2" } });
    });
    expect(another).toEqual({
      id: "test-app_unnamed-prompt",
      version: "2",
      template: "Hi {{n}}",
      _dd_context_variable_keys: ["context"],
      _dd_query_variable_keys: ["question"],
    });
  });

  test("belong to llm spans: elsewhere they are counted and leave no tag", async () => {
    const before = llmobs.stats().ignored;
    const { event } = await traced(() => llmobs.task({ name: "t" }, () => llmobs.annotate({ prompt: { id: "p" } })));
    expect(event("t").meta.input).toEqual({});
    expect(event("t").tags.join()).not.toContain("prompt_tracking");
    expect(llmobs.stats().ignored - before).toBe(1);
  });
});

describe("agents", () => {
  const declared = {
    instructions: "Be kind.",
    model: "gpt-4o",
    modelSettings: { temperature: 0, maxTokens: 9, stopSequences: ["."], logitBias: { "5": 1 } },
    tools: [
      { name: "weather", description: "looks it up", parameters: { city: { type: "string", required: true }, no: {} } },
      {
        name: "schema",
        parameters: { type: "object", properties: { q: { type: "string" }, n: {} }, required: ["n"] },
      },
    ],
  };
  const manifest = {
    framework: "manual",
    name: "lead",
    instructions: "Be kind.",
    model: "gpt-4o",
    model_settings: { temperature: 0, max_tokens: 9, stop_sequences: ["."], logit_bias: { "5": 1 } },
    tools: [
      { name: "weather", description: "looks it up", parameters: { city: { type: "string", required: true } } },
      { name: "schema", parameters: { q: { type: "string" }, n: { required: true } } },
    ],
  };

  test("have a manifest, merged field by field", async () => {
    const { event } = await traced(() => {
      llmobs.agent({ name: "lead" }, (span) => {
        span.annotate({ agent: declared });
        span.annotate({ agent: { name: "chief", model: "gpt-5", tools: [], modelSettings: { seed: 1 } } });
      });
      llmobs.agent({ name: "plain" }, (span) => span.annotate({ agent: { model: "m" } }));
    });
    expect(event("lead").meta.metadata).toEqual({
      _dd: { agent_manifest: { ...manifest, name: "chief", model: "gpt-5", model_settings: { seed: 1 } } },
    });
    expect(event("plain").meta.metadata).toEqual({
      _dd: { agent_manifest: { framework: "manual", name: "plain", model: "m" } },
    });
  });

  test("of settings and fields only what is known and valid", async () => {
    // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
    const untyped: any = llmobs;
    const { event } = await traced(() =>
      llmobs.agent({ name: "lead" }, () =>
        untyped.annotate({
          agent: {
            model: 5,
            instructions: "",
            modelSettings: { top_p: 1, extra_headers: { key: "secret" }, apiBase: "secret", seed: { nested: {} } },
            tools: [{ description: "no name" }, "x"],
          },
        }),
      ),
    );
    expect(event("lead").meta.metadata).toEqual({
      _dd: { agent_manifest: { framework: "manual", name: "lead", model_settings: { top_p: 1 } } },
    });
  });

  test("without content their instructions and tools stay out", async () => {
    const { event } = await traced(() => llmobs.agent({ name: "lead" }, (span) => span.annotate({ agent: declared })), {
      capture: "metadata",
    });
    const { instructions, tools, ...plain } = manifest;
    expect(event("lead").meta.metadata).toEqual({ _dd: { agent_manifest: plain } });
  });

  test("belong to agent spans", async () => {
    const before = llmobs.stats().ignored;
    const { event } = await traced(() => llmobs.task({ name: "t" }, () => llmobs.annotate({ agent: declared })));
    expect(event("t").meta).not.toHaveProperty("metadata");
    expect(llmobs.stats().ignored - before).toBe(1);
  });
});

test("metrics named like a built-in of objects are metrics", async () => {
  const { event } = await traced(() =>
    llmobs.llm({ name: "l" }, () =>
      llmobs.annotate({ metrics: { constructor: 1, toString: 2, unknown: undefined, cacheWrite5mTokens: 3 } }),
    ),
  );
  expect(Object.entries(event("l").metrics)).toEqual([
    ["constructor", 1],
    ["toString", 2],
    ["ephemeral_5m_input_tokens", 3],
  ]);
});

test("annotating where there is no span is counted", async () => {
  const before = llmobs.stats();
  await traced(() => {
    llmobs.annotate({ inputData: 1 });
    llmobs.annotate(undefined, { inputData: 1 });
  });
  expect(llmobs.stats().ignored - before.ignored).toBe(2);
  expect(llmobs.stats().internalErrors).toBe(before.internalErrors);
});
