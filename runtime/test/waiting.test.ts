import { expect, test } from "vitest";
import { llmobs } from "../src/index.js";
import { state } from "../src/state.js";
import { traced } from "./traced.js";

class Feed {
  [Symbol.asyncIterator]() {
    let count = 0;
    return {
      next: async () => ({ done: count === 3, value: count++ }),
      return: async () => ({ done: true, value: 0 }),
    };
  }
}

class Query {
  // biome-ignore lint/suspicious/noThenProperty: a lazy thenable, as database clients have
  then(done: (value: string) => void) {
    done("rows");
  }
}

const note = "nobody consumed the result to its end";

async function collectGarbage(): Promise<void> {
  if (globalThis.gc === undefined) throw new Error("the tests need --expose-gc");
  for (let round = 0; round < 200 && state.waiting.size > 0; round++) {
    await new Promise((done) => setTimeout(done, 5));
    globalThis.gc();
  }
}

test("a stream or thenable that nobody can reach any more ends its span", async () => {
  const { events } = await traced(async () => {
    llmobs.task({ name: "stream" }, () => new Feed());
    llmobs
      .task({ name: "half read" }, () => new Feed())
      [Symbol.asyncIterator]()
      .next();
    llmobs.task({ name: "thenable" }, () => new Query());
    expect(state.waiting.size).toBe(3);
    await collectGarbage();
    expect(state.waiting.size).toBe(0);
  });
  expect(events.map(({ name, status }) => [name, status]).sort()).toEqual([
    ["half read", "ok"],
    ["stream", "ok"],
    ["thenable", "ok"],
  ]);
});

test("those still held end when tracing does", async () => {
  const held: unknown[] = [];
  const { events } = await traced(() => {
    held.push(llmobs.task({ name: "held" }, () => new Feed()));
  });
  expect([held.length, events.map(({ name }) => name)]).toEqual([1, ["held"]]);
});

test("a consumed one is waited for no longer", async () => {
  const { events } = await traced(async () => {
    for await (const _ of llmobs.task({ name: "read" }, () => new Feed()));
    for await (const _ of llmobs.task({ name: "left early" }, () => new Feed())) break;
    expect(await llmobs.task({ name: "awaited" }, () => new Query())).toBe("rows");
    expect(state.waiting.size).toBe(0);
  });
  expect(JSON.stringify(events)).not.toContain(note);
  expect(events).toHaveLength(3);
});
