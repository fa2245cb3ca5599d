import { describe, expect, test } from "vitest";
import { llmobs, type Span } from "../src/index.js";
import { traced } from "./traced.js";

describe("trace", () => {
  test("nests by call, through promises, timers and parallel work", async () => {
    const { event } = await traced(async () => {
      await llmobs.workflow({ name: "root" }, async () => {
        await Promise.all([
          llmobs.task({ name: "a" }, async () => {
            await new Promise((done) => setTimeout(done, 2));
            await llmobs.tool({ name: "a.tool" }, async () => 1);
          }),
          llmobs.task({ name: "b" }, () => llmobs.tool({ name: "b.tool" }, () => 2)),
        ]);
      });
    });
    expect(event("root").parent_id).toBe("undefined");
    for (const [child, parent] of [
      ["a", "root"],
      ["b", "root"],
      ["a.tool", "a"],
      ["b.tool", "b"],
    ] as const) {
      expect(event(child)).toMatchObject({ parent_id: event(parent).span_id, trace_id: event("root").trace_id });
    }
  });

  test("gives the callback's result back as it is and captures nothing by itself", async () => {
    const value = { a: 1 };
    const { event } = await traced(() => {
      expect(llmobs.task((span) => [span.kind, span.name, value])).toEqual(["task", "task", value]);
      expect(llmobs.trace({ kind: "task", name: "n" }, () => value)).toBe(value);
    });
    expect(event("n").meta).toMatchObject({ input: {}, output: {} });
  });

  test("an unknown kind throws, a callback that is missing too", () => {
    // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
    const untyped: any = llmobs;
    expect(() => untyped.trace({ kind: "banana" }, () => 1)).toThrow(/workflow, agent, llm/);
    expect(() => untyped.task({ name: "x" })).toThrow(TypeError);
  });

  test("errors are recorded and thrown on, whatever was thrown", async () => {
    const thrown = [new RangeError("far"), "text", null, undefined, 7, { code: "E1" }];
    const { events } = await traced(async () => {
      for (const error of thrown) {
        await expect(
          llmobs.task(async () => {
            throw error;
          }),
        ).rejects.toBe(error);
        let caught: unknown = "nothing";
        try {
          llmobs.task(() => {
            throw error;
          });
        } catch (same) {
          caught = same;
        }
        expect(caught).toBe(error);
      }
    });
    expect(events.map(({ status }) => status)).toEqual(Array(12).fill("error"));
    expect(
      events.filter((_, index) => index % 2 === 0).map(({ meta }) => [meta["error.type"], meta["error.message"]]),
    ).toEqual([
      ["RangeError", "far"],
      ["string", "text"],
      ["null", "null"],
      ["undefined", "undefined"],
      ["number", "7"],
      ["Object", "E1"],
    ]);
  });

  test("a span can be ended early, marked as failed, and disposed", async () => {
    const { event } = await traced(() => {
      llmobs.task({ name: "early" }, (span) => {
        span.finish();
        span.annotate({ outputData: "late" });
      });
      llmobs.task({ name: "failed" }, (span) => span.setError(new Error("soft")));
      llmobs.task({ name: "disposed" }, (span) => span[Symbol.dispose]());
    });
    expect(event("early").meta.output).toEqual({});
    expect(event("failed")).toMatchObject({ status: "error", meta: { "error.message": "soft" } });
  });
});

test("with tracing off callbacks run, spans are empty and nothing throws", () => {
  expect(llmobs.enabled).toBe(false);
  expect(llmobs.workflow({ name: "w" }, (span: Span) => [span.spanId, span.name, llmobs.exportSpan(span)])).toEqual([
    "",
    "w",
    undefined,
  ]);
  expect(llmobs.annotate({ inputData: 1 })).toBeUndefined();
  expect(llmobs.exportSpan()).toBeUndefined();
});

describe("annotate", () => {
  test("merges metadata, metrics and tags by key; input and output are replaced", async () => {
    const { event } = await traced(() =>
      llmobs.task({ name: "t" }, (span) => {
        llmobs.annotate({
          inputData: "one",
          metadata: { a: { x: 1 }, b: 1 },
          metrics: { n: 1 },
          tags: { k: "v", list: ["p", "q"] },
        });
        llmobs.annotate(span, {
          inputData: { two: 2 },
          outputData: false,
          metadata: { a: { y: 2 } },
          metrics: { n: 2, "a.b": 3, bad: Number.NaN, inputTokens: 4 },
          tags: { k: null },
        });
      }),
    );
    expect(event("t")).toMatchObject({
      meta: { input: { value: '{"two":2}' }, output: { value: "false" }, metadata: { a: { y: 2 }, b: 1 } },
      metrics: { n: 2, a_b: 3, input_tokens: 4 },
    });
    expect(event("t").tags.slice(-3)).toEqual(["k:", "list:p", "list:q"]);
    expect(event("t").metrics).not.toHaveProperty("bad");
  });

  test("messages and documents by kind", async () => {
    const { event } = await traced(() => {
      llmobs.llm({ name: "l", modelName: "m", modelProvider: "Acme" }, () =>
        llmobs.annotate({ inputData: "hi", outputData: { role: "assistant", content: "yo" } }),
      );
      llmobs.embedding({ name: "e" }, () =>
        llmobs.annotate({ inputData: ["a", { text: "b", score: 0 }], outputData: [1, 2] }),
      );
      llmobs.retrieval({ name: "r" }, () => llmobs.annotate({ inputData: { q: 1 }, outputData: "doc" }));
    });
    expect(event("l").meta).toMatchObject({
      input: { messages: [{ role: "", content: "hi" }] },
      output: { messages: [{ role: "assistant", content: "yo" }] },
      model_name: "m",
      model_provider: "acme",
    });
    expect(event("e").meta).toMatchObject({
      input: { documents: [{ text: "a" }, { text: "b", score: 0 }] },
      output: { value: "[1,2]" },
      model_name: "custom",
      model_provider: "custom",
    });
    expect(event("r").meta).toMatchObject({ input: { value: '{"q":1}' }, output: { documents: [{ text: "doc" }] } });
    expect(event("r").meta).not.toHaveProperty("model_name");
  });

  test("hostile values never throw", async () => {
    // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
    const untyped: any = llmobs;
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error("trap");
        },
      },
    );
    const { events } = await traced(() =>
      llmobs.task(() => {
        for (const value of [
          null,
          1,
          "x",
          [],
          hostile,
          { inputData: hostile, metrics: hostile, tags: 5, prompt: [], toolDefinitions: {} },
        ]) {
          untyped.annotate(value);
          untyped.annotate(undefined, value);
        }
      }),
    );
    expect(events).toHaveLength(1);
  });
});

describe("sessions, apps and agents", () => {
  test("the first session set in a trace goes to later spans, not to earlier ones", async () => {
    const { event } = await traced(() =>
      llmobs.workflow({ name: "root" }, () => {
        llmobs.task({ name: "before" }, () => 1);
        llmobs.task({ name: "inner", sessionId: "s-1" }, () => llmobs.tool({ name: "below" }, () => 1));
        llmobs.task({ name: "after" }, () => 1);
        llmobs.task({ name: "own", sessionId: "s-2" }, () => llmobs.tool({ name: "below own" }, () => 1));
      }),
    );
    const sessions = ["root", "before", "inner", "below", "after", "own", "below own"].map(
      (name) => event(name).session_id,
    );
    expect(sessions).toEqual([undefined, undefined, "s-1", "s-1", "s-1", "s-2", "s-2"]);
    expect(event("below").tags).toContain("session_id:s-1");
  });

  test("ml app: own, else the parent's, else the configured one", async () => {
    const { event } = await traced(() =>
      llmobs.workflow({ name: "root" }, () =>
        llmobs.task({ name: "own", mlApp: "other" }, () => llmobs.tool({ name: "below" }, () => 1)),
      ),
    );
    const app = (name: string) => event(name).tags.filter((tag) => tag.startsWith("ml_app:"));
    expect(["root", "own", "below"].map(app)).toEqual([["ml_app:test-app"], ["ml_app:other"], ["ml_app:other"]]);
  });

  test("spans below an agent name it, the agent itself does not", async () => {
    const { event } = await traced(() =>
      llmobs.agent({ name: "lead" }, () =>
        llmobs.task({ name: "t" }, () => llmobs.agent({ name: "sub" }, () => llmobs.tool({ name: "u" }, () => 1))),
      ),
    );
    expect(event("lead").meta).not.toHaveProperty("agent_attribution");
    expect(event("t").meta.agent_attribution).toEqual({ pagent_name: "lead", pagent_span_id: event("lead").span_id });
    expect(event("sub").meta.agent_attribution).toEqual({ pagent_name: "lead", pagent_span_id: event("lead").span_id });
    expect(event("u").meta.agent_attribution).toEqual({ pagent_name: "sub", pagent_span_id: event("sub").span_id });
  });
});

describe("capture modes", () => {
  const program = () =>
    llmobs.llm({ name: "x", modelName: "m" }, () => {
      llmobs.annotate({
        inputData: "secret in",
        outputData: "secret out",
        metadata: { temperature: 1 },
        metrics: { inputTokens: 3 },
        tags: { k: "v" },
        prompt: { template: "secret" },
        toolDefinitions: [{ name: "secret" }],
      });
      throw new Error("secret message");
    });
  const run = async (capture: "full" | "metadata" | "off") =>
    (await traced(() => expect(program).toThrow("secret message"), { capture })).event("x");

  test("full has everything", async () => {
    expect(JSON.stringify(await run("full")).match(/secret/g)?.length).toBeGreaterThanOrEqual(6);
  });

  test("metadata has no content", async () => {
    const event = await run("metadata");
    expect(JSON.stringify(event)).not.toContain("secret");
    expect(event).toMatchObject({
      meta: {
        metadata: { temperature: 1 },
        model_name: "m",
        "error.type": "Error",
        "error.stack": expect.stringMatching(/^\s+at /),
      },
      metrics: { input_tokens: 3 },
    });
    expect(event.tags).toContain("k:v");
  });

  test("off has structure and timing only", async () => {
    const event = await run("off");
    expect(JSON.stringify(event)).not.toMatch(/secret|temperature|k:v/);
    expect(event).toMatchObject({ status: "error", meta: { "span.kind": "llm" }, metrics: {} });
  });
});

test("names and ids of untyped callers are text, or nothing", async () => {
  // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
  const untyped: any = llmobs;
  const { events } = await traced(() => {
    untyped.llm({ name: Symbol("q"), sessionId: 42, mlApp: {}, modelName: 7, modelProvider: 5 }, () => 1);
  });
  expect(events).toMatchObject([{ name: "llm", session_id: "42", meta: { model_name: "7", model_provider: "5" } }]);
  expect(events[0]?.tags).toContain("ml_app:test-app");
});

test("an event over the limit loses input and output and says so", async () => {
  const { event } = await traced(() =>
    llmobs.task({ name: "big" }, () =>
      llmobs.annotate({ inputData: "é".repeat(1024 * 1024), outputData: "small", metadata: { keep: true } }),
    ),
  );
  const dropped = "[This value has been dropped because this span's size exceeds the 5MB size limit.]";
  expect(event("big")).toMatchObject({
    collection_errors: ["dropped_io"],
    meta: { input: { value: dropped }, output: { value: dropped }, metadata: { keep: true } },
  });
});

test("stats count", async () => {
  const before = llmobs.stats();
  await traced(() => llmobs.task(() => 1));
  const after = llmobs.stats();
  expect([after.started - before.started, after.finished - before.finished, after.exported - before.exported]).toEqual([
    1, 1, 1,
  ]);
  expect(after.internalErrors).toBe(before.internalErrors);
});
