import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { llmobs } from "../../src/index.js";
import { state } from "../../src/state.js";
import { traced } from "../traced.js";
import { call, seen } from "./span-of.js";

/** Turns of the event loop, each with a collection, until the condition holds; some need many. */
async function collected(until: () => boolean): Promise<boolean> {
  if (globalThis.gc === undefined) throw new Error("the tests need --expose-gc");
  for (let round = 0; round < 400 && !until(); round++) {
    await new Promise((done) => setTimeout(done, 5));
    globalThis.gc();
  }
  return until();
}

async function read(values: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of values);
}

const numbers = async function* () {
  yield 1;
};

test("what has ended holds on to no span, though its result lives on", async () => {
  const kept: unknown[] = [];
  const spans: WeakRef<object>[] = [];
  const task = <Result>(make: () => Result): Result =>
    llmobs.task((span) => {
      spans.push(new WeakRef(span));
      const result = make();
      kept.push(result);
      return result;
    });
  await traced(async () => {
    const memo = Promise.resolve(1);
    for (let index = 0; index < 20; index++) {
      await task(() => memo);
      // biome-ignore lint/suspicious/noThenProperty: a lazy thenable, as database clients have
      await task(() => ({ then: (done: (value: number) => void) => done(1) }));
      await read(task(numbers));
      await read(task(() => Readable.from([1])));
      for (const _ of task(() => [1, 2].values()));
      for (const _ of task(() => [1, 2].values())) break;
    }
    // An array's iterator has no `return`, so leaving it is not seen: these end with tracing.
    expect(state.waiting.size).toBe(20);
  });
  expect(state.waiting.size).toBe(0);
  expect(kept).toHaveLength(120);
  expect(await collected(() => spans.every((span) => span.deref() === undefined))).toBe(true);
});

test("a stream whose iterator is in use is not given up when nobody holds the stream", async () => {
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  class Feed {
    [Symbol.asyncIterator]() {
      let count = 0;
      return {
        async next() {
          if (count === 1) await gate;
          return { done: count === 3, value: count++ };
        },
      };
    }
  }
  const { events } = await traced(async () => {
    const feed = read(call("feed", () => new Feed()));
    let rounds = 0;
    await collected(() => rounds++ === 20);
    expect(state.waiting.size).toBe(1);
    go();
    await feed;
  });
  expect(events.map(seen)).toEqual([{ output: "[0,1,2]", notes: [], error: undefined }]);
});

test("one whose reader is dropped half-way ends with a note, and so do branches nobody reads", async () => {
  const { events } = await traced(async () => {
    await (async () => {
      await call("reader", () => ReadableStream.from(["a", "b"]))
        .getReader()
        .read();
      call("branches", () => ReadableStream.from(["a", "b"])).tee();
      await call("iterator", numbers).next();
      call("node", () => Readable.from(["a", "b"])).read();
    })();
    expect(await collected(() => state.waiting.size === 0)).toBe(true);
  });
  expect(events.map((event) => [event.name, seen(event).notes]).sort()).toEqual(
    ["branches", "iterator", "node", "reader"].map((name) => [name, ["nobody consumed the result to its end"]]),
  );
});
