import { expect, test } from "vitest";
import { open, site } from "../src/compiled.js";
import { llmobs } from "../src/index.js";
import { traced } from "./traced.js";

const userTags = (tags: readonly string[]) => tags.filter((tag) => /^(?:tenant|team|tier|user|list)/.test(tag));

test("concerns every span that begins inside it, however late and however made", async () => {
  const at = site({ id: "s", kind: "task", name: "compiled", function: "f", file: "a.ts", line: 1, column: 1 });
  const { event } = await traced(async () => {
    llmobs.task({ name: "before" }, () => 1);
    const result = await llmobs.annotationContext({ tags: { tenant: "acme", list: ["a", "b"] } }, async () => {
      await new Promise((done) => setTimeout(done, 1));
      await llmobs.workflow({ name: "inside" }, async () => {
        await new Promise((done) => setImmediate(done));
        llmobs.tool({ name: "deep" }, () => llmobs.annotate({ tags: { tenant: "own" } }));
      });
      await (async () => {
        const span = open(at, null);
        return span.ok(await span.run(async () => 1));
      })();
      llmobs.wrap({ kind: "task", name: "wrapped" }, () => 1)();
      llmobs.startSpan({ kind: "task", name: "by hand" }).finish();
      return "result";
    });
    expect(result).toBe("result");
    llmobs.task({ name: "after" }, () => 1);
  });
  for (const name of ["inside", "compiled", "wrapped", "by hand"]) {
    expect([name, userTags(event(name).tags)]).toEqual([name, ["tenant:acme", "list:a", "list:b"]]);
  }
  expect(userTags(event("deep").tags)).toEqual(["tenant:own", "list:a", "list:b"]);
  for (const name of ["before", "after"]) expect(userTags(event(name).tags)).toEqual([]);
});

test("contexts in each other add up, the inner wins by key", async () => {
  const { event } = await traced(() =>
    llmobs.annotationContext({ tags: { tenant: "acme", team: "cx" }, name: "outer", costTags: ["team"] }, () => {
      llmobs.task({ name: "one" }, () => 1);
      llmobs.annotationContext(
        { tags: { tenant: "globex", tier: "gold" }, name: "inner", costTags: ["tier", "no"] },
        () => llmobs.task({ name: "two" }, () => 1),
      );
    }),
  );
  expect(userTags(event("outer").tags)).toEqual(["tenant:acme", "team:cx"]);
  expect(event("outer").meta.metadata).toEqual({ _dd: { cost_tags: ["team"] } });
  expect(userTags(event("inner").tags)).toEqual(["tenant:globex", "team:cx", "tier:gold"]);
  expect(event("inner").meta.metadata).toEqual({ _dd: { cost_tags: ["team", "tier"] } });
});

test("prompts go to llm spans, agents to agent spans, and to no other", async () => {
  const before = llmobs.stats();
  const { event } = await traced(() =>
    llmobs.annotationContext({ prompt: { id: "p" }, agent: { model: "m" } }, () =>
      llmobs.annotationContext({ prompt: { variables: { n: "1" } }, agent: { instructions: "i" } }, () => {
        llmobs.agent({ name: "a" }, () => 1);
        llmobs.llm({ name: "l" }, () => llmobs.annotate({ prompt: { version: "2" } }));
        llmobs.task({ name: "t" }, () => 1);
      }),
    ),
  );
  expect(event("a").meta.metadata).toEqual({
    _dd: { agent_manifest: { framework: "manual", name: "a", model: "m", instructions: "i" } },
  });
  expect(event("l").meta.input.prompt).toMatchObject({ version: "2", variables: { n: "1" } });
  expect(event("t").meta).toEqual({ "span.kind": "task", input: {}, output: {} });
  expect(event("t").tags.join()).not.toContain("prompt");
  expect(llmobs.stats().ignored).toBe(before.ignored);
});

test("spans below an activated one have what held where it began and what holds here", async () => {
  const { event } = await traced(() => {
    const job = llmobs.annotationContext({ tags: { tenant: "acme", team: "cx" } }, () =>
      llmobs.startSpan({ kind: "task", name: "job" }),
    );
    llmobs.activate(job, () => llmobs.tool({ name: "later" }, () => 1));
    llmobs.annotationContext({ tags: { tenant: "globex" } }, () =>
      llmobs.activate(job, () => llmobs.tool({ name: "elsewhere" }, () => 1)),
    );
    job.finish();
  });
  expect(userTags(event("later").tags)).toEqual(["tenant:acme", "team:cx"]);
  expect(userTags(event("elsewhere").tags)).toEqual(["tenant:globex", "team:cx"]);
});

test("keeps the active span, gives back what its callback returns and passes on what it throws", async () => {
  const { event } = await traced(() =>
    llmobs.task({ name: "root" }, (span) => {
      llmobs.annotationContext({ tags: { tenant: "acme" } }, () => {
        expect(llmobs.exportSpan()).toEqual(llmobs.exportSpan(span));
        llmobs.annotate({ outputData: "from inside" });
      });
      expect(() =>
        llmobs.annotationContext({}, () => {
          throw new Error("own");
        }),
      ).toThrow("own");
    }),
  );
  expect(event("root").meta.output).toEqual({ value: "from inside" });
  expect(userTags(event("root").tags)).toEqual([]);
});

test("what untyped code says wrong is left out", async () => {
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
  const { events } = await traced(() => {
    for (const options of [undefined, null, 5, hostile, { tags: 5, name: {}, costTags: 1, prompt: "p", agent: [] }]) {
      expect(untyped.annotationContext(options, () => llmobs.llm({ name: "x" }, () => 7))).toBe(7);
    }
  });
  expect(events).toHaveLength(5);
});

test("with tracing off it runs its callback", () => {
  expect(llmobs.annotationContext({ tags: { a: 1 } }, () => 3)).toBe(3);
});
