import { describe, expect, test } from "vitest";
import * as compiled from "../src/compiled.js";
import { call, callMember, open, run, site, superOf } from "../src/compiled.js";
import * as passThrough from "../src/pass-through/compiled.js";
import type { AttributeName, ComputedAttributes, SiteDefinition } from "../src/site.js";
import { traced } from "./traced.js";

const at = (more: Partial<SiteDefinition> = {}, atEnd: readonly AttributeName[] = []) =>
  site({ id: "a.ts#f", kind: "llm", name: "f", function: "f", file: "a.ts", line: 1, column: 1, ...more }, atEnd);

const completion = {
  object: "chat.completion",
  model: "gpt-4o-2024",
  choices: [{ message: { role: "assistant", content: "secret answer" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
};
const input = () => ({ ctx: { secret: 1, note: "secret input" }, temperature: 0.5 });

describe("a tag that says what the input is", () => {
  test.each<[string, ComputedAttributes]>([
    [
      "throws",
      {
        input: () => {
          throw new Error("no user");
        },
      },
    ],
    ["is undefined", { input: () => undefined }],
  ])("records nothing else when its expression %s", async (_, thunks) => {
    const { event } = await traced(() =>
      run(
        at({ kind: "task" }),
        input,
        () => 1,
        () => thunks,
      ),
    );
    expect(event("f").meta.input).toEqual({});
  });
});

describe("model and tokens are read where content is not recorded", () => {
  const read = {
    model_name: "gpt-4o-2024",
    model_provider: "openai",
    metadata: { temperature: 0.5, finish_reason: "stop" },
  };
  const metrics = { input_tokens: 3, output_tokens: 2, total_tokens: 5 };

  test("input={false} and output={false}", async () => {
    const { event } = await traced(() =>
      run(at({ constants: { input: false, output: false } }), input, () => completion),
    );
    expect(event("f")).toMatchObject({ meta: { ...read, input: {}, output: {} }, metrics });
    expect(JSON.stringify(event("f"))).not.toContain("secret");
  });

  test("capture: metadata", async () => {
    const { event } = await traced(() => run(at(), input, () => completion), { capture: "metadata" });
    expect(event("f")).toMatchObject({ meta: { ...read, input: {}, output: {} }, metrics });
    expect(JSON.stringify(event("f"))).not.toContain("secret");
  });

  test("capture: off reads nothing", async () => {
    const { event } = await traced(() => run(at(), input, () => completion), { capture: "off" });
    expect(event("f")).toMatchObject({ meta: { model_name: "custom" }, metrics: {} });
  });
});

test("two traced functions that hand on one thenable or stream leave nothing on it", async () => {
  class Lazy {
    n = 1;
    // biome-ignore lint/suspicious/noThenProperty: a lazy thenable, as database clients have
    then(done: (value: string) => void) {
      done("rows");
    }
  }
  async function* feed() {
    yield 1;
  }
  const lazy = new Lazy();
  const stream = feed();
  const { events } = await traced(async () => {
    run(at({ name: "outer" }), null, () => run(at({ name: "inner" }), null, () => lazy));
    await lazy;
    run(at({ name: "outer stream" }), null, () => run(at({ name: "inner stream" }), null, () => stream));
    for await (const _ of stream);
  });
  expect([Reflect.ownKeys(lazy), Reflect.ownKeys(stream)]).toEqual([["n"], []]);
  expect(events.map(({ name }) => name).sort()).toEqual(["inner", "inner stream", "outer", "outer stream"]);
});

test("redaction of a stream counts from the list of its chunks, as that of an array does", async () => {
  const redacted = at({ kind: "task", redact: [{ keys: [], other: 1 }, { keys: [["pin", "hidden"]] }] });
  async function* pins() {
    yield { pin: 1, id: 2 };
  }
  const { events } = await traced(async () => {
    run(redacted, null, () => [{ pin: 1, id: 2 }]);
    for await (const _ of run(redacted, null, pins));
  });
  const value = '[{"pin":"[redacted]","id":2}]';
  expect(events.map(({ meta }) => meta.output)).toEqual([{ value }, { value }]);
});

test("an open call gives back what it is given", () => {
  const call = open(at(), null);
  const error = new Error("x");
  expect([call.ok(5), call.err(error), call.run(() => 7)]).toEqual([5, error, 7]);
});

describe("a traced call", () => {
  const plain = at({ kind: "tool" });
  const store = {
    label: "store",
    find(this: { readonly label: string } | undefined, ...values: readonly unknown[]) {
      return [this?.label, ...values];
    },
  };

  test("captures its argument, its arguments, or nothing", async () => {
    const { events } = await traced(() => {
      call(plain, null, store.find)?.();
      call(plain, null, store.find)?.({ q: 1 });
      callMember(plain, null, store, (object) => Reflect.get(Object(object), "find"))?.(1, "two", undefined);
      call(plain, null, store.find, store)?.(undefined);
    });
    expect(events.map(({ meta }) => [meta.input.value, meta.output.value])).toEqual([
      [undefined, "[null]"],
      ['{"q":1}', '[null,{"q":1}]'],
      ['[1,"two",null]', '["store",1,"two",null]'],
      [undefined, '["store",null]'],
    ]);
  });

  test("captures its arguments before the callee changes them", async () => {
    const { event } = await traced(() => call(at({ kind: "tool" }), null, (list: unknown[]) => list.push(2))?.([1]));
    expect(event("f").meta.input.value).toBe("[1]");
  });

  test("the promise of an async function is replaced, one of another function stays itself", async () => {
    const stored = at({ kind: "tool", returns: "stored" });
    const promise = Promise.resolve(1);
    const { events } = await traced(async () => {
      expect(call(stored, null, () => promise)?.()).toBe(promise);
      expect(await call(stored, null, async () => 2)?.()).toBe(2);
      expect(call(plain, null, () => promise)?.()).not.toBe(promise);
    });
    expect(events.map(({ meta }) => meta.output.value)).toEqual(expect.arrayContaining(["1", "2", "1"]));
  });
});

// What generated code does with tracing off, and in a browser.
describe.each([
  ["with tracing off", compiled],
  ["passed through", passThrough],
])("calls %s", (_, { call, callMember }) => {
  const plain = at({ callee: "a.b" });
  const lookup = (key: string) => (object: unknown) => Reflect.get(Object(object), key);

  test("reach the function with its receiver and arguments", () => {
    const store = { find: (...values: readonly unknown[]) => values };
    expect(callMember(plain, null, store, lookup("find"))?.(1, 2)).toEqual([1, 2]);
    expect(call(plain, null, String.prototype.toUpperCase, "a")?.()).toBe("A");
  });

  test("of what is no function fail as they would", () => {
    expect(() => call(plain, null, 5)?.()).toThrow(new TypeError("a.b is not a function"));
    expect(() => callMember(plain, null, {}, lookup("find"))?.()).toThrow(new TypeError("a.b is not a function"));
  });

  test("are left out where ?. says so, and only there", () => {
    expect(call(at({ optional: true }), null, undefined)).toBeUndefined();
    expect(call(at({ optional: true }), null, null)).toBeUndefined();
    expect(callMember(at({ chained: true }), null, undefined, lookup("a"), lookup("b"))).toBeUndefined();
    expect(callMember(at({ optional: true }), null, {}, lookup("a"))).toBeUndefined();
    expect(() => callMember(plain, null, undefined, lookup("a"))?.()).toThrow(TypeError);
  });
});

test("an object stands for super", () => {
  const written: unknown[] = [];
  const object = Object.create(
    superOf(
      (key) => `got ${String(key)}`,
      (key, value) => written.push([key, value]),
    ),
  );
  object.a = 1;
  expect([object.b, object[Symbol.iterator], written]).toEqual(["got b", "got Symbol(Symbol.iterator)", [["a", 1]]]);
});
