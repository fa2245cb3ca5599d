import { describe, expect, test } from "vitest";
import { llmobs, type Span } from "../src/index.js";
import { traced } from "./traced.js";

describe("startSpan", () => {
  test("goes below the active span and never becomes it", async () => {
    const { event } = await traced(() =>
      llmobs.workflow({ name: "root" }, (root) => {
        const span = llmobs.startSpan({ kind: "task", name: "by hand" });
        expect(llmobs.exportSpan()).toEqual(llmobs.exportSpan(root));
        llmobs.tool({ name: "beside" }, () => 1);
        span.finish();
      }),
    );
    expect(event("by hand").parent_id).toBe(event("root").span_id);
    expect(event("beside").parent_id).toBe(event("root").span_id);
  });

  test("goes below the span it is given", async () => {
    const { event } = await traced(() => {
      const parent = llmobs.startSpan({ kind: "workflow", name: "parent", sessionId: "s-1", mlApp: "other" });
      llmobs.task({ name: "elsewhere" }, () => {
        const child = llmobs.startSpan({ kind: "llm", name: "child", modelName: "m", parent });
        child.annotate({ inputData: "hi" });
        child.finish();
      });
      parent.finish();
    });
    expect(event("child")).toMatchObject({
      parent_id: event("parent").span_id,
      trace_id: event("parent").trace_id,
      session_id: "s-1",
      meta: { input: { messages: [{ content: "hi" }] }, model_name: "m" },
    });
    expect(event("child").tags).toContain("ml_app:other");
    expect(event("elsewhere").trace_id).not.toBe(event("parent").trace_id);
  });

  test("is finished once, by finish, by dispose or by using", async () => {
    const { events } = await traced(() => {
      const twice = llmobs.startSpan({ kind: "task", name: "twice" });
      twice.finish();
      twice.setError(new Error("too late"));
      twice.finish();
      llmobs.startSpan({ kind: "task", name: "disposed" })[Symbol.dispose]();
      {
        using span = llmobs.startSpan({ kind: "task", name: "using" });
        span.annotate({ outputData: "out" });
      }
      llmobs.startSpan({ kind: "task", name: "never finished" });
    });
    expect(events.map(({ name, status }) => [name, status])).toEqual([
      ["twice", "ok"],
      ["disposed", "ok"],
      ["using", "ok"],
    ]);
  });

  test("is finished in another context than it was started in", async () => {
    const open = new Map<string, Span>();
    const { event } = await traced(async () => {
      await llmobs.workflow({ name: "request" }, async () => {
        open.set("job", llmobs.startSpan({ kind: "task", name: "job" }));
      });
      await new Promise((done) => setTimeout(done, 2));
      await llmobs.agent({ name: "worker" }, async () => {
        const job = open.get("job");
        if (job === undefined) return;
        await llmobs.activate(job, async () => llmobs.tool({ name: "part of the job" }, async () => 1));
        job.finish();
      });
    });
    expect(event("job")).toMatchObject({ parent_id: event("request").span_id });
    expect(event("part of the job").parent_id).toBe(event("job").span_id);
    expect(event("part of the job").meta).not.toHaveProperty("agent_attribution");
  });

  test("annotating a finished span is counted, not recorded", async () => {
    const before = llmobs.stats().ignored;
    const { event } = await traced(() => {
      const span = llmobs.startSpan({ kind: "task", name: "done" });
      span.finish();
      span.annotate({ outputData: "late" });
      llmobs.annotate(span, { outputData: "late" });
    });
    expect(event("done").meta.output).toEqual({});
    expect(llmobs.stats().ignored - before).toBe(2);
  });

  test("with tracing off it is a span that does nothing", async () => {
    const off = llmobs.startSpan({ kind: "task", name: "off" });
    expect([off.spanId, off.traceId, off.kind, off.name]).toEqual(["", "", "task", "off"]);
    expect(llmobs.activate(off, () => llmobs.exportSpan())).toBeUndefined();
    const { event } = await traced(() => {
      // A span of a time without tracing is no parent.
      llmobs.task({ name: "root" }, () => {
        llmobs.startSpan({ kind: "tool", name: "child", parent: off }).finish();
        llmobs.activate(off, () => llmobs.tool({ name: "below" }, () => 1));
      });
    });
    expect([event("child").parent_id, event("below").parent_id]).toEqual(Array(2).fill(event("root").span_id));
  });

  test("an unknown kind throws", () => {
    // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
    const untyped: any = llmobs;
    expect(() => untyped.startSpan({ kind: "experiment" })).toThrow("llmobs.startSpan: kind must be one of workflow");
    expect(() => untyped.startSpan()).toThrow(TypeError);
  });
});

describe("a callback with done", () => {
  test("ends its span by calling it", async () => {
    const { event } = await traced(async () => {
      await new Promise<void>((resolve) => {
        const result = llmobs.task({ name: "callback" }, (span, done) => {
          setTimeout(() => {
            llmobs.annotate({ outputData: "late" });
            span.annotate({ metadata: { explicit: true } });
            done(new RangeError("failed"));
            done();
            resolve();
          }, 5);
          return "at once";
        });
        expect(result).toBe("at once");
      });
      llmobs.trace({ kind: "task", name: "well" }, (_span, done) => done(null));
    });
    expect(event("callback")).toMatchObject({
      status: "error",
      meta: { output: { value: "late" }, metadata: { explicit: true }, "error.type": "RangeError" },
    });
    expect(event("callback").duration).toBeGreaterThan(3e6);
    expect(event("well").status).toBe("ok");
  });

  test("ends it by throwing, or when nobody can call it any more", async () => {
    const { event } = await traced(async () => {
      expect(() =>
        llmobs.task({ name: "thrown" }, (_span, _done) => {
          throw new Error("at once");
        }),
      ).toThrow("at once");
      llmobs.task({ name: "forgotten" }, (_span, _done) => undefined);
    });
    expect(event("thrown")).toMatchObject({ status: "error", meta: { "error.message": "at once" } });
    expect(event("forgotten").status).toBe("ok");
  });

  test("is given one with tracing off too", () => {
    expect(llmobs.task((_span, done) => done())).toBeUndefined();
  });
});
