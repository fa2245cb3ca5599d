import { afterEach, describe, expect, test } from "vitest";
import { llmobs, type ProcessedSpan, type Processor, redact } from "../src/index.js";
import { readLines } from "./span-folder.js";
import { temporaryFolder } from "./temporary-folder.js";
import { traced } from "./traced.js";

afterEach(() => llmobs.deregisterProcessor());

const run = async (processors: readonly Processor[], program: () => unknown, options = {}) => {
  for (const processor of processors) llmobs.registerProcessor(processor);
  return traced(program, options);
};

const enable = (shutdownTimeoutMs: number) => {
  const dir = temporaryFolder();
  process.env.LLMOBS_EXPORTERS = "files";
  llmobs.enable({ dir, mlApp: "test-app", shutdownTimeoutMs });
  delete process.env.LLMOBS_EXPORTERS;
  return () => readLines(dir) as readonly { readonly type: string; readonly event: { readonly name: string } }[];
};

describe("a processor", () => {
  test("sees every kind of span in the official SDK's form", async () => {
    const seen = new Map<string, ProcessedSpan>();
    const spy: Processor = (span) => {
      seen.set(span.name, structuredClone({ ...span, getTag: undefined }) as unknown as ProcessedSpan);
      expect([span.getTag("tier"), span.getTag("ml_app"), span.getTag("none")]).toEqual([
        "gold,silver",
        "test-app",
        undefined,
      ]);
      return span;
    };
    const program = () =>
      llmobs.annotationContext({ tags: { tier: ["gold", "silver"] } }, () => {
        llmobs.llm({ name: "l" }, () =>
          llmobs.annotate({
            inputData: [{ role: "user", content: "hi" }],
            outputData: { role: "assistant", content: null, toolCalls: [{ name: "t", arguments: { a: 1 } }] },
            prompt: { id: "p", variables: { n: "Al" } },
            metadata: { temperature: 0 },
          }),
        );
        llmobs.embedding({ name: "e" }, () => llmobs.annotate({ inputData: ["a"], outputData: [1] }));
        llmobs.retrieval({ name: "r" }, () =>
          llmobs.annotate({ inputData: "q", outputData: [{ text: "x", id: "1", score: 0 }] }),
        );
        expect(() =>
          llmobs.task({ name: "t" }, () => {
            llmobs.annotate({ inputData: { a: 1 } });
            throw new RangeError("far");
          }),
        ).toThrow("far");
      });
    const { events: plain } = await traced(program);
    const { events } = await run([spy], program);
    expect(seen.get("l")).toMatchObject({
      kind: "llm",
      input: [{ role: "user", content: "hi" }],
      output: [{ role: "assistant", tool_calls: [{ name: "t", arguments: { a: 1 } }] }],
      metadata: { temperature: 0 },
      prompt: { id: "p", variables: { n: "Al" } },
    });
    expect(seen.get("e")).toMatchObject({
      input: [{ role: "", content: "a" }],
      output: [{ role: "", content: "[1]" }],
    });
    expect(seen.get("r")).toMatchObject({
      input: [{ role: "", content: "q" }],
      output: [{ role: "", content: "x", id: "1", score: 0 }],
    });
    expect(seen.get("t")).toMatchObject({
      input: [{ role: "", content: '{"a":1}' }],
      output: [],
      prompt: undefined,
      error: { message: "far", type: "RangeError" },
    });
    // One that changes nothing changes nothing.
    const metas = (list: typeof events) => list.map(({ meta }) => ({ ...meta, "error.stack": "" }));
    expect(metas(events)).toEqual(metas(plain));
  });

  test("changes what is sent, in place or anew, and the next one sees it", async () => {
    const { event } = await run(
      [
        (span) => {
          for (const item of [...span.input, ...span.output]) item.content = (item.content ?? "").toUpperCase();
          span.metadata.first = true;
          span.name = `${span.name}!`;
          return span;
        },
        async (span) => {
          await new Promise((done) => setTimeout(done, 1));
          return { ...span, metadata: { ...span.metadata, second: span.input[0]?.content }, prompt: undefined };
        },
      ],
      () => {
        llmobs.task({ name: "t" }, () => llmobs.annotate({ inputData: { a: "b" }, outputData: "out" }));
        llmobs.llm({ name: "l" }, () =>
          llmobs.annotate({ inputData: "hi", prompt: { id: "p" }, metrics: { inputTokens: 3 }, tags: { k: "v" } }),
        );
        llmobs.retrieval({ name: "r" }, () => llmobs.annotate({ outputData: [{ text: "x", score: 1 }] }));
      },
    );
    expect(event("t!").meta).toMatchObject({
      input: { value: '{"A":"B"}' },
      output: { value: "OUT" },
      metadata: { first: true, second: '{"A":"B"}' },
    });
    expect(event("l!")).toMatchObject({ metrics: { input_tokens: 3 }, meta: { model_name: "custom" } });
    expect(event("l!").tags).toContain("k:v");
    expect(event("l!").meta.input).toEqual({ messages: [{ role: "", content: "HI" }] });
    expect(event("r!").meta.output).toEqual({ documents: [{ text: "X", score: 1 }] });
  });

  test("adds to what was empty and takes away what was there", async () => {
    const { event } = await run(
      [
        (span) => ({
          ...span,
          input: span.input.length === 0 ? [{ content: "added" }] : [],
          output: span.output.length === 0 ? [{ role: "x", content: "added" }] : [],
          error: undefined,
        }),
      ],
      () => {
        for (const kind of ["llm", "embedding", "retrieval", "task"] as const) llmobs.trace({ kind }, () => 1);
        llmobs.task({ name: "full" }, (span) => {
          span.annotate({ inputData: 1, outputData: 2 });
          span.setError(new Error("secret"));
        });
      },
    );
    expect([event("llm").meta.input, event("llm").meta.output]).toEqual([
      { messages: [{ content: "added" }] },
      { messages: [{ role: "x", content: "added" }] },
    ]);
    expect(event("embedding").meta.input).toEqual({ documents: [{ text: "added" }] });
    expect(event("retrieval").meta.output).toEqual({ documents: [{ text: "added" }] });
    expect(event("task").meta.input).toEqual({ value: "added" });
    expect([event("full").meta.input, event("full").meta.output, event("full").status]).toEqual([{}, {}, "error"]);
    expect(JSON.stringify(event("full"))).not.toContain("secret");
  });

  test("drops a span by null, and the drop is counted", async () => {
    const before = llmobs.stats();
    const { events } = await run(
      [(span) => (span.name === "no" ? null : span), async (span) => (span.name === "never" ? null : span)],
      () => ["yes", "no", "never"].map((name) => llmobs.task({ name }, () => 1)),
    );
    expect(events.map(({ name }) => name)).toEqual(["yes"]);
    const after = llmobs.stats();
    expect(after.droppedByProcessor - before.droppedByProcessor).toBe(2);
    expect(after.exported - before.exported).toBe(1);
  });

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("broken");
      },
    ],
    ["rejects", async () => Promise.reject(new Error("broken"))],
    ["gives back nothing", () => undefined],
    ["gives back text", () => "span"],
    ["gives back an object that is no span", () => ({})],
    ["gives back input that is no list", () => ({ input: "x", output: [], metadata: {} })],
    [
      "gives back what can't be read",
      () =>
        new Proxy(
          {},
          {
            get: () => {
              throw new Error("trap");
            },
          },
        ),
    ],
  ])("that %s costs the span its content, counted", async (_, broken) => {
    const before = llmobs.stats();
    const { event } = await run([broken as Processor, (span) => span], () => {
      llmobs.agent({ name: "a" }, (span) => span.annotate({ agent: { instructions: "secret" } }));
      llmobs.llm({ name: "l", modelName: "m", sessionId: "s" }, (span) => {
        span.annotate({
          inputData: "secret",
          outputData: "secret",
          metadata: { secret: 1 },
          prompt: { template: "secret" },
          toolDefinitions: [{ name: "secret" }],
          metrics: { inputTokens: 1 },
          tags: { k: "v" },
        });
        span.setError(new Error("secret"));
      });
    });
    expect(JSON.stringify([event("a"), event("l")])).not.toContain("secret");
    expect(event("l")).toMatchObject({
      session_id: "s",
      status: "error",
      metrics: { input_tokens: 1 },
      meta: { input: {}, output: {}, model_name: "m", "error.type": "Error" },
    });
    expect(event("l").tags).toContain("k:v");
    expect(llmobs.stats().processorErrors - before.processorErrors).toBe(2);
    expect(llmobs.stats().internalErrors).toBe(before.internalErrors);
  });

  test("runs once a span, outside of the program's turn and context, before every exporter", async () => {
    const calls: string[] = [];
    const { events } = await run(
      [
        (span) => {
          calls.push(span.name);
          // Traced code in a processor would make a span of every span, for ever.
          if (calls.length < 10) llmobs.task({ name: "inside" }, () => llmobs.exportSpan());
          expect(llmobs.exportSpan()).toBeUndefined();
          return span;
        },
      ],
      async () => {
        llmobs.workflow({ name: "w" }, () => {
          llmobs.task({ name: "t" }, () => 1);
          expect(calls).toEqual([]);
        });
        await llmobs.flush();
      },
    );
    expect(calls).toEqual(["t", "w"]);
    expect(events).toHaveLength(2);
  });

  test("keeps files from being told of running spans, which it might drop", async () => {
    const lines = enable(30_000);
    const types = async () => {
      const span = llmobs.startSpan({ kind: "task" });
      await llmobs.flush();
      span.finish();
      await llmobs.flush();
      return lines().map(({ type }) => type);
    };
    expect(await types()).toEqual(["start", "span"]);
    llmobs.registerProcessor(() => null);
    expect(await types()).toEqual(["start", "span"]);
    await llmobs.shutdown();
  });

  test("is taken away one by one or all at once; registered twice it runs once", async () => {
    const add =
      (key: string): Processor =>
      (span) => {
        span.metadata[key] = Number(span.metadata[key] ?? 0) + 1;
        return span;
      };
    const [a, b] = [add("a"), add("b")];
    const metadata = async () => (await traced(() => llmobs.task({ name: "t" }, () => 1))).event("t").meta.metadata;
    llmobs.registerProcessor(a);
    llmobs.registerProcessor(b);
    llmobs.registerProcessor(a);
    expect(await metadata()).toEqual({ a: 1, b: 1 });
    llmobs.deregisterProcessor(a);
    expect(await metadata()).toEqual({ b: 1 });
    llmobs.deregisterProcessor();
    expect(await metadata()).toBeUndefined();
  });

  test("sees no content where none is captured", async () => {
    const seen: ProcessedSpan[] = [];
    const program = () =>
      llmobs.llm({ name: "l" }, (span) => {
        span.annotate({ inputData: "secret", prompt: { id: "secret" }, metadata: { temperature: 1 } });
        span.setError(new Error("secret"));
      });
    const processor: Processor = (span) => {
      seen.push({ ...span });
      return span;
    };
    const { event } = await run([processor], program, { capture: "metadata" });
    expect(JSON.stringify([seen, event("l")])).not.toContain("secret");
    expect(event("l").meta.metadata).toEqual({ temperature: 1 });
  });

  test("that is none is counted", () => {
    // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
    const untyped: any = llmobs;
    const before = llmobs.stats().ignored;
    untyped.registerProcessor("redact");
    expect(llmobs.stats().ignored).toBe(before + 1);
  });
});

describe("an asynchronous processor", () => {
  test("is waited for by flush", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    llmobs.registerProcessor(async (span) => {
      await gate;
      return span;
    });
    const lines = enable(30_000);
    llmobs.task({ name: "t" }, () => llmobs.annotate({ inputData: "kept" }));
    const flushed = llmobs.flush();
    setTimeout(release, 20);
    await flushed;
    expect(JSON.stringify(lines())).toContain("kept");
    await llmobs.shutdown();
  });

  test("that never answers costs the content at the deadline, not the span", async () => {
    const before = llmobs.stats();
    llmobs.registerProcessor(() => new Promise(() => {}));
    const lines = enable(50);
    llmobs.task({ name: "t" }, () => llmobs.annotate({ inputData: "secret" }));
    await llmobs.shutdown();
    expect(lines().map(({ type, event }) => [type, event.name])).toEqual([["span", "t"]]);
    expect(JSON.stringify(lines())).not.toContain("secret");
    expect(llmobs.stats().processorErrors - before.processorErrors).toBe(1);
  });

  test("works on many spans at a time, and later ones do not hold a flush up", async () => {
    let most = 0;
    let now = 0;
    llmobs.registerProcessor(async (span) => {
      most = Math.max(most, ++now);
      await new Promise((done) => setTimeout(done, 1));
      now--;
      return span;
    });
    const lines = enable(30_000);
    for (let index = 0; index < 1000; index++) llmobs.task({ name: `t${index}` }, () => 1);
    await llmobs.flush();
    const spans = lines().filter(({ type }) => type === "span");
    expect(new Set(spans.map(({ event }) => event.name)).size).toBe(1000);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(128);
    await llmobs.shutdown();
  });
});

describe("redact", () => {
  const program = () => {
    llmobs.task({ name: "t" }, () =>
      llmobs.annotate({
        inputData: { ctx: { apiUser: "ann", mail: "ann@example.com" }, note: "call ann@example.com" },
        outputData: "ann@example.com wrote",
        metadata: { mail: "x", card: 4111111111111111 },
      }),
    );
    llmobs.llm({ name: "l" }, (span) => {
      span.annotate({
        inputData: [{ role: "user", content: "I am bob@example.com" }],
        outputData: { content: null, toolCalls: [{ name: "send", arguments: { mail: "bob@example.com", pin: 1 } }] },
        prompt: { variables: { mail: "bob@example.com", name: "Bob" } },
      });
      span.setError(new Error("no such user: bob@example.com"));
    });
  };

  test("takes paths out of values, messages, metadata and prompts", async () => {
    const { event } = await run(
      [redact("ctx.apiUser, **.mail", "tool_calls.*.arguments.pin", "variables.name")],
      program,
    );
    expect(event("t").meta).toMatchObject({
      input: { value: '{"ctx":{"apiUser":"[redacted]","mail":"[redacted]"},"note":"call ann@example.com"}' },
      output: { value: "ann@example.com wrote" },
      metadata: { mail: "[redacted]" },
    });
    expect(event("l").meta).toMatchObject({
      input: { prompt: { variables: { mail: "[redacted]", name: "[redacted]" } } },
      output: { messages: [{ tool_calls: [{ arguments: { mail: "[redacted]", pin: "[redacted]" } }] }] },
    });
  });

  test("takes patterns out of every text, numbers too", async () => {
    const { events, event } = await run([redact(/[a-z]+@example\.com/, /\b\d{16}\b/g)], program);
    expect(JSON.stringify(events)).not.toMatch(/@example|4111/);
    expect(event("t").meta).toMatchObject({
      input: { value: '{"ctx":{"apiUser":"ann","mail":"[redacted]"},"note":"call [redacted]"}' },
      output: { value: "[redacted] wrote" },
      metadata: { card: "[redacted]" },
    });
    expect(event("l").meta["error.message"]).toBe("no such user: [redacted]");
  });

  test("leaves the rest to the byte", async () => {
    const text = '{ "spaced":   "json", "n": 1.0 }';
    const { event } = await run([redact("a.b", /nothing/)], () =>
      llmobs.task({ name: "t" }, () => llmobs.annotate({ inputData: text, outputData: [1, null] })),
    );
    expect(event("t").meta).toMatchObject({ input: { value: text }, output: { value: "[1,null]" } });
  });

  test("counts a rule that is none", () => {
    // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
    const untyped: any = redact;
    const before = llmobs.stats().ignored;
    untyped("a..b");
    untyped(5);
    expect(llmobs.stats().ignored).toBe(before + 2);
  });
});
