import { describe, expect, test } from "vitest";
import { llmobs } from "../src/index.js";
import { traced } from "./traced.js";

describe("wrap keeps the function", () => {
  test("its name, length, properties, prototype, instances and this", async () => {
    function answer(this: { k: number } | undefined, _a: number, _b: number) {
      return this?.k;
    }
    const original = Object.assign(answer, { extra: 1 });
    const wrapped = llmobs.wrap({ kind: "task" }, original);
    expect([wrapped.name, wrapped.length, wrapped.extra]).toEqual(["answer", 2, 1]);
    expect(Object.prototype.toString.call(llmobs.wrap({ kind: "task" }, async () => 1))).toBe("[object AsyncFunction]");

    class Client {
      readonly url: string;
      constructor(url: string) {
        this.url = url;
      }
    }
    const Wrapped = llmobs.wrap({ kind: "task" }, Object.assign(Client) as never) as unknown as typeof Client;
    const { event } = await traced(() => {
      expect(wrapped.call({ k: 7 }, 1, 2)).toBe(7);
      expect(new Wrapped("u")).toBeInstanceOf(Client);
    });
    expect(event("answer").meta).toMatchObject({ input: { value: '{"_a":1,"_b":2}' }, output: { value: "7" } });
  });

  test("its results: values, promises, subclasses, thenables, streams", async () => {
    class Subclass<Value> extends Promise<Value> {}
    const started: string[] = [];
    const lazy = {
      // biome-ignore lint/suspicious/noThenProperty: a lazy thenable is what is tested
      then(resolve: (value: string) => void) {
        started.push("then");
        resolve("rows");
      },
    };
    async function* numbers() {
      yield 1;
      yield 2;
    }
    const stream = numbers();
    const subclass = Subclass.resolve(3);
    const failure = new Error("no");
    const wrap = <Result>(name: string, fn: () => Result) => llmobs.wrap({ kind: "task", name }, fn);
    const { event } = await traced(async () => {
      expect(wrap("subclass", () => subclass)()).toBe(subclass);
      expect(wrap("lazy", () => lazy)()).toBe(lazy);
      expect(started).toEqual([]);
      expect(await lazy).toBe("rows");
      expect(wrap("stream", () => stream)()).toBe(stream);
      const seen: number[] = [];
      for await (const value of stream) seen.push(value);
      expect(seen).toEqual([1, 2]);
      await expect(wrap("rejects", async () => Promise.reject(failure))()).rejects.toBe(failure);
      expect(
        wrap("throws", () => {
          throw failure;
        }),
      ).toThrow(failure);
      await subclass;
    });
    expect(event("lazy").meta.output).toEqual({ value: "rows" });
    expect(event("stream").meta.output).toEqual({ value: "[1,2]" });
    expect(event("rejects").meta["error.message"]).toBe("no");
    expect(event("throws").status).toBe("error");
    expect(event("subclass").meta.output).toEqual({ value: "3" });
  });

  test("generators, whose steps run in the span", async () => {
    function* letters(prefix: string, count: number) {
      try {
        for (let index = 0; index < count; index++) {
          llmobs.tool({ name: `step ${index}` }, () => 1);
          yield `${prefix}${index}`;
        }
        return "end";
      } finally {
        llmobs.tool({ name: "finally" }, () => 1);
      }
    }
    async function* slow(count: number) {
      for (let index = 0; index < count; index++) {
        await new Promise((done) => setTimeout(done, 1));
        llmobs.tool({ name: `slow ${index}` }, () => 1);
        yield index;
      }
    }
    const wrapped = llmobs.wrap({ kind: "task" }, letters);
    const wrappedSlow = llmobs.wrap({ kind: "workflow" }, slow);
    const { event, events } = await traced(async () => {
      const generator = wrapped("x", 2);
      expect(generator).toBeInstanceOf(letters);
      expect(Object.prototype.toString.call(generator)).toBe("[object Generator]");
      expect([generator.next(), generator.next(), generator.next(), generator.next()]).toEqual([
        { done: false, value: "x0" },
        { done: false, value: "x1" },
        { done: true, value: "end" },
        { done: true, value: undefined },
      ]);
      for (const value of wrappedOnce("y", 5)) if (value === "y1") break;
      const got: number[] = [];
      for await (const value of wrappedSlow(2)) got.push(value);
      expect(got).toEqual([0, 1]);
    });
    function wrappedOnce(prefix: string, count: number) {
      return llmobs.wrap({ kind: "task", name: "broken off" }, letters)(prefix, count);
    }
    expect(event("letters").meta).toMatchObject({
      input: { value: '{"prefix":"x","count":2}' },
      output: { value: '["x0","x1"]' },
    });
    expect(event("slow").meta).toMatchObject({ input: { value: "2" }, output: { value: "[0,1]" } });
    const parents = (name: string) => events.filter((each) => each.name === name).map((each) => each.parent_id);
    const [first, second] = [event("letters").span_id, event("broken off").span_id];
    expect(parents("step 0")).toEqual([first, second]);
    expect(parents("finally")).toEqual([first, second]);
    expect(parents("slow 1")).toEqual([event("slow").span_id]);
  });
});

describe("wrap captures", () => {
  test("by kind what the official SDK does, falsy values too; an annotation wins", async () => {
    const { event } = await traced(() => {
      for (const kind of ["workflow", "agent", "tool", "task", "retrieval", "llm", "embedding"] as const) {
        llmobs.wrap({ kind }, (text: string) => text.length)("four");
      }
      for (const value of [0, "", false, null]) {
        llmobs.wrap({ kind: "task", name: `falsy ${value}` }, (given: unknown) => given)(value);
      }
      llmobs.wrap({ kind: "task", name: "nothing" }, () => undefined)();
      llmobs.wrap({ kind: "task", name: "said" }, (_given: string) => {
        llmobs.annotate({ inputData: "in", outputData: "out" });
        return 1;
      })("given");
    });
    const both = { input: { value: "four" }, output: { value: "4" } };
    for (const kind of ["workflow", "agent", "tool", "task"]) expect(event(kind).meta).toMatchObject(both);
    const sides = (name: string) => [event(name).meta.input, event(name).meta.output];
    expect(sides("retrieval")).toEqual([{ value: "four" }, {}]);
    expect(sides("llm")).toEqual([{}, {}]);
    expect(sides("embedding")).toEqual([{}, { value: "4" }]);
    for (const value of ["0", "", "false", "null"]) expect(sides(`falsy ${value}`)).toEqual([{ value }, { value }]);
    expect(sides("nothing")).toEqual([{}, {}]);
    expect(sides("said")).toEqual([{ value: "in" }, { value: "out" }]);
  });

  test("arguments under the names of the parameters", async () => {
    const input = async (fn: (...values: never[]) => unknown, ...values: unknown[]) => {
      const { events } = await traced(() => Reflect.apply(llmobs.wrap({ kind: "task" }, fn), undefined, values));
      return events[0]?.meta.input;
    };
    const value = (of: unknown) => ({ value: JSON.stringify(of) });
    expect(await input((a, b = 2) => [a, b], 1)).toEqual({ value: "1" });
    expect(await input((a, b = 2) => [a, b], 1, 3)).toEqual(value({ a: 1, b: 3 }));
    expect(await input((a, ...rest) => [a, rest], 1, 2, 3)).toEqual(value({ a: 1, rest: [2, 3] }));
    expect(await input((a) => a, 1, 2)).toEqual(value({ a: 1, 1: 2 }));
    expect(await input(Math.max, 1, 2)).toEqual(value([1, 2]));
    expect(
      await input(
        (a, onChunk) => [a, onChunk],
        1,
        function onChunk() {},
      ),
    ).toEqual(value({ a: 1, onChunk: "[Function onChunk]" }));
  });

  test("values that do not serialise, without a word to the program", async () => {
    const circular: Record<string, unknown> = { n: 1 };
    circular.self = circular;
    const { event } = await traced(() => {
      expect(llmobs.wrap({ kind: "task", name: "circular" }, (given: object) => given)(circular)).toBe(circular);
      expect(llmobs.wrap({ kind: "task", name: "big" }, () => 10n)()).toBe(10n);
    });
    expect(event("circular").meta.input).toEqual({ value: '{"n":1,"self":"[Circular]"}' });
    expect(event("big").meta.output).toEqual({ value: "10n" });
  });
});

test("wrap names its span by the option, the function, the kind", async () => {
  const { events } = await traced(() => {
    llmobs.wrap({ kind: "task", name: "option" }, function own() {})();
    llmobs.wrap({ kind: "task" }, function own() {})();
    llmobs.wrap({ kind: "task" }, () => undefined)();
  });
  expect(events.map(({ name }) => name)).toEqual(["option", "own", "task"]);
});

test("what can't be wrapped is given back, counted", () => {
  // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
  const untyped: any = llmobs;
  const before = llmobs.stats().ignored;
  expect(untyped.wrap({ kind: "task" }, 5)).toBe(5);
  expect(llmobs.stats().ignored).toBe(before + 1);
  expect(() => untyped.wrap({ kind: "step" }, () => 1)).toThrow("llmobs.wrap: kind must be one of");
});
