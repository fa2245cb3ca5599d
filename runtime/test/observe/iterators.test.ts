import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, test } from "vitest";
import { llmobs } from "../../src/index.js";
import { state } from "../../src/state.js";
import { traced } from "../traced.js";
import { call, seen, spanOf } from "./span-of.js";

const ABANDONED = "abandoned: the consumer stopped before the end";

function* generator(log: unknown[] = []) {
  try {
    log.push(yield 1);
    log.push(yield 2);
    return 3;
  } finally {
    log.push("finally");
  }
}

function itself<Self>(this: Self): Self {
  return this;
}

class Countdown {
  #left = 2;
  [Symbol.iterator]() {
    return this;
  }
  next() {
    return this.#left > 0 ? { done: false, value: this.#left-- } : { done: true, value: undefined };
  }
}

describe("an iterator from a plain function is a stream", () => {
  test.each<[string, () => Iterable<unknown>, string]>([
    ["a generator object", () => generator(), "[1,2]"],
    ["an iterator of somebody's own", () => new Countdown(), "[2,1]"],
    ["of an array", () => ["a", "b"].values(), "ab"],
    ["of a map", () => new Map([["k", 1]]).entries(), '[["k",1]]'],
    ["of a set", () => new Set([1, 2]).values(), "[1,2]"],
    ["of matches", () => "a1b2".matchAll(/\d/g), '[["1"],["2"]]'],
  ])("%s", async (_, make, output) => {
    const ways: readonly ((values: Iterable<unknown>) => readonly unknown[])[] = [
      (values) => [...values],
      (values) => Array.from(values),
      (values) => {
        const list = [];
        for (const value of values) list.push(value);
        return list;
      },
      (values) => [
        ...(function* () {
          yield* values;
        })(),
      ],
      (values) => {
        const iterator = values[Symbol.iterator]();
        const list = [];
        for (let step = iterator.next(); !step.done; step = iterator.next()) list.push(step.value);
        return list;
      },
    ];
    for (const consume of ways) {
      const result = await spanOf(() => {
        const values = make();
        const returned = call("iterator", () => values);
        expect(returned).toBe(values);
        expect(Object.keys(returned)).toEqual([]);
        expect(consume(returned)).toEqual(consume(make()));
        expect(state.waiting.size).toBe(0);
        expect(Reflect.ownKeys(values)).toEqual([]);
      });
      expect(result).toEqual({ output, notes: [], error: undefined });
    }
  });

  test("left early it is abandoned, and told so", async () => {
    const log: unknown[] = [];
    const broken = await spanOf(() => {
      for (const _ of call("iterator", () => generator(log))) break;
    });
    const destructured = await spanOf(() => {
      const [first] = call("iterator", () => generator(log));
      expect(first).toBe(1);
    });
    const returned = await spanOf(() => {
      const iterator = call("iterator", () => generator(log));
      iterator.next();
      expect(iterator.return(9)).toEqual({ done: true, value: 9 });
    });
    expect(log).toEqual(["finally", "finally", "finally"]);
    const expected = { output: "[1]", notes: [ABANDONED], error: undefined };
    expect([broken, destructured, returned]).toEqual([expected, expected, expected]);
  });

  test("what is sent and thrown in goes through", async () => {
    const log: unknown[] = [];
    const result = await spanOf(() => {
      const iterator = call("iterator", () => generator(log));
      expect(iterator.next()).toEqual({ done: false, value: 1 });
      expect(iterator.next("sent" as never)).toEqual({ done: false, value: 2 });
      expect(() => iterator.throw(new Error("thrown in"))).toThrow("thrown in");
      expect(iterator.next()).toEqual({ done: true, value: undefined });
    });
    expect(log).toEqual(["sent", "finally"]);
    expect(result).toEqual({ output: "[1,2]", notes: [], error: "thrown in" });
  });

  test("getters of a step's result are left for who asked for it", async () => {
    const reads: string[] = [];
    let left = 2;
    const step = () => ({
      get done() {
        reads.push("done");
        return left-- === 0;
      },
      get value() {
        reads.push("value");
        return left;
      },
    });
    const iterator = (): Iterable<number> => Object({ [Symbol.iterator]: itself, next: step });
    const result = await spanOf(() => {
      expect([...call("iterator", iterator)]).toEqual([1, 0]);
    });
    expect(reads).toEqual(["done", "value", "done", "value", "done"]);
    expect(result.output).toBe(undefined);
  });

  test("iterator helpers see it too, where there are some", async () => {
    const map: unknown = Reflect.get(generator(), "map");
    if (typeof map !== "function") return;
    const result = await spanOf(() => {
      const doubled: Iterable<number> = Reflect.apply(map, call("iterator", generator), [(value: number) => value * 2]);
      expect([...doubled]).toEqual([2, 4]);
    });
    expect(result.output).toBe("[1,2]");
  });
});

test.each<[string, () => unknown]>([
  ["an array", () => [1]],
  ["a string object", () => Object("text")],
  ["a map", () => new Map([[1, 2]])],
  ["a set", () => new Set([1])],
  ["a buffer", () => Buffer.from("b")],
  ["search parameters", () => new URLSearchParams("a=1")],
  ["headers", () => new Headers({ a: "1" })],
  ["form data", () => new FormData()],
  ["an iterable of somebody's own", () => ({ [Symbol.iterator]: () => [1].values() })],
  ["a node of a list, with a `next` that is no iterator's", () => ({ next: () => undefined })],
])("%s is a value", async (_, make) => {
  const result = await spanOf(() => {
    call("value", make);
    expect(state.waiting.size).toBe(0);
  });
  expect(result.notes).toEqual([]);
});

describe("an async iterator", () => {
  async function* later(log: unknown[] = []) {
    try {
      log.push(yield "a");
      yield "b";
    } finally {
      log.push("finally");
    }
  }

  test("is followed to its end, break, error", async () => {
    const log: unknown[] = [];
    const whole = await spanOf(async () => {
      for await (const _ of call("stream", () => later(log)));
    });
    const broken = await spanOf(async () => {
      for await (const _ of call("stream", () => later(log))) break;
    });
    const thrown = await spanOf(async () => {
      const iterator = call("stream", () => later(log));
      await iterator.next();
      await expect(iterator.throw(new Error("thrown in"))).rejects.toThrow("thrown in");
    });
    expect(whole).toEqual({ output: "ab", notes: [], error: undefined });
    expect(broken).toEqual({ output: "a", notes: [ABANDONED], error: undefined });
    expect(thrown).toEqual({ output: "a", notes: [], error: "thrown in" });
    expect(log.filter((entry) => entry === "finally")).toHaveLength(3);
  });

  test("asked for several steps at once keeps their order", async () => {
    const { output } = await spanOf(async () => {
      const iterator = call("stream", later);
      const steps = await Promise.all([iterator.next(), iterator.next(), iterator.next()]);
      expect(steps.map(({ value }) => value)).toEqual(["a", "b", undefined]);
    });
    expect(output).toBe("ab");
  });

  test("whose steps are no promises is one as well", async () => {
    const { output } = await spanOf(async () => {
      let count = 0;
      const next = () => ({ done: count === 2, value: count++ });
      const list = [];
      // A step that is no promise is awaited too, but not typed.
      const stream: AsyncIterable<number> = Object({ [Symbol.asyncIterator]: () => ({ next }) });
      for await (const value of call("stream", () => stream)) list.push(value);
      expect(list).toEqual([0, 1]);
    });
    expect(output).toBe("[0,1]");
  });
});

describe("context", () => {
  test("steps of the producer run in the span's, the consumer's code in its own", async () => {
    const own = new AsyncLocalStorage<string>();
    const where: string[] = [];
    const note = (who: string) =>
      where.push(
        `${who} in ${llmobs.exportSpan() === undefined ? "none" : state.storage.getStore()?.activeSpan?.name}, ${own.getStore()}`,
      );
    function* produce() {
      note("sync producer");
      yield 1;
    }
    async function* produceLater() {
      note("async producer");
      yield 1;
      await null;
      note("async producer");
    }
    const pulled = () =>
      new ReadableStream<number>(
        {
          pull(controller) {
            note("web producer");
            controller.enqueue(1);
            controller.close();
          },
        },
        { highWaterMark: 0 },
      );
    await traced(async () => {
      await own.run("app", async () => {
        for (const _ of call("sync", produce)) note("consumer");
        for await (const _ of call("async", produceLater)) note("consumer");
        for await (const _ of call("web", pulled)) note("consumer");
        await llmobs.task({ name: "caller" }, async () => {
          for await (const _ of call("async", produceLater)) note("consumer");
        });
      });
    });
    expect(where).toEqual([
      "sync producer in sync, app",
      "consumer in none, app",
      "async producer in async, app",
      "consumer in none, app",
      "async producer in async, app",
      "web producer in web, app",
      "consumer in none, app",
      "async producer in async, app",
      "consumer in caller, app",
      "async producer in async, app",
    ]);
  });
});

describe("one tap feeds all spans that wait", () => {
  test("functions that hand on one stream all see all of it", async () => {
    const { events } = await traced(async () => {
      const stream = call("outer", () => call("middle", () => call("inner", () => generator())));
      expect(Object.getOwnPropertyNames(stream)).toEqual(["next", "return", "throw"]);
      expect([...stream]).toEqual([1, 2]);
      expect(Reflect.ownKeys(stream)).toEqual([]);
    });
    expect(events.map((event) => [event.name, seen(event)])).toEqual(
      ["inner", "middle", "outer"].map((name) => [name, { output: "[1,2]", notes: [], error: undefined }]),
    );
  });

  test("one that comes when it has begun ends at once", async () => {
    const { events } = await traced(() => {
      const stream = call("first", () => generator());
      stream.next();
      call("late", () => stream);
      expect([...stream]).toEqual([2]);
    });
    expect(events.map((event) => [event.name, seen(event).output, seen(event).notes])).toEqual([
      ["late", undefined, ["the stream was being consumed already; the span ends where it was returned"]],
      ["first", "[1,2]", []],
    ]);
  });
});
