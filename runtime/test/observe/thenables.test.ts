import { AsyncLocalStorage } from "node:async_hooks";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { run, site } from "../../src/compiled.js";
import { llmobs } from "../../src/index.js";
import { state } from "../../src/state.js";
import { traced } from "../traced.js";
import { call, seen, spanOf } from "./span-of.js";

/** Starts when it is asked, as queries do. */
class Query {
  starts = 0;
  #fails: boolean;
  constructor(fails = false) {
    this.#fails = fails;
  }
  // biome-ignore lint/suspicious/noThenProperty: a lazy thenable, as database clients have
  then<Result>(done?: (rows: string) => Result, failed?: (error: unknown) => Result) {
    this.starts++;
    return (this.#fails ? Promise.reject(new Error("no rows")) : Promise.resolve("rows")).then(done, failed);
  }
}

/** `catch` and `finally` that go their own way, as Prisma's do. */
function prismaLike(fails: boolean) {
  const start = () => (fails ? Promise.reject(new Error("no rows")) : Promise.resolve("rows"));
  return {
    // biome-ignore lint/suspicious/noThenProperty: as above
    then: (...given: Parameters<Promise<string>["then"]>) => start().then(...given),
    catch: (...given: Parameters<Promise<string>["catch"]>) => start().catch(...given),
    finally: (...given: Parameters<Promise<string>["finally"]>) => start().finally(...given),
    requestTransaction: () => start(),
  };
}

const fresh = <Result>(name: string, body: () => Result): Result =>
  run(site({ id: name, kind: "task", name, function: name, file: "a.ts", line: 1, column: 1 }), null, body);

const ok = { output: "rows", notes: [], error: undefined };
const failed = { output: undefined, notes: [], error: "no rows" };

describe("a lazy thenable", () => {
  test("starts with its consumer, once, and is left as it was", async () => {
    const query = new Query();
    const result = await spanOf(async () => {
      const returned = call("query", () => query);
      expect(returned).toBe(query);
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect([query.starts, Object.keys(query)]).toEqual([0, ["starts"]]);
      expect(await returned).toBe("rows");
      expect(query.starts).toBe(1);
      expect(Reflect.ownKeys(query)).toEqual(["starts"]);
      expect(await returned).toBe("rows");
    });
    expect(result).toEqual(ok);
  });

  test("whose `catch` and `finally` do not call `then` is followed through them", async () => {
    const ended = async (use: (query: ReturnType<typeof prismaLike>) => Promise<unknown>, fails: boolean) => {
      const expected = await use(prismaLike(fails)).catch((error: Error) => `rejected ${error.message}`);
      const result = await spanOf(async () => {
        const query = call("query", () => prismaLike(fails));
        expect(Object.keys(query)).toEqual(["then", "catch", "finally", "requestTransaction"]);
        expect(await use(query).catch((error: Error) => `rejected ${error.message}`)).toEqual(expected);
        expect(state.waiting.size).toBe(0);
      });
      return result;
    };
    expect(await ended((query) => query.catch(() => "handled"), false)).toEqual(ok);
    expect(await ended((query) => query.catch(() => "handled"), true)).toEqual(failed);
    expect(await ended((query) => query.catch(null), true)).toEqual(failed);
    expect(await ended((query) => query.finally(() => undefined), false)).toEqual(ok);
    expect(await ended((query) => query.finally(() => undefined), true)).toEqual(failed);
    expect(await ended((query) => query.requestTransaction(), false)).toEqual(ok);
    expect(await ended((query) => query.requestTransaction(), true)).toEqual(failed);
  });

  test("whose `catch` calls `then` gives what it gave", async () => {
    class Chained extends Query {
      given: unknown;
      catch(failed: (error: unknown) => unknown) {
        this.given = this.then(undefined, failed);
        return this.given;
      }
    }
    const result = await spanOf(async () => {
      const query = call("query", () => new Chained(true));
      const given = query.catch(() => "handled");
      expect(given).toBe(query.given);
      expect(await given).toBe("handled");
    });
    expect(result).toEqual(failed);
  });

  test("that settles with a stream ends with the stream", async () => {
    const result = await spanOf(async () => {
      const feed = [1, 2].values();
      // biome-ignore lint/suspicious/noThenProperty: as above
      await call("query", () => ({ then: (done: (feed: unknown) => void) => done(feed) }));
      expect(state.waiting.size).toBe(1);
      expect([...feed]).toEqual([1, 2]);
    });
    expect(result).toEqual({ output: "[1,2]", notes: [], error: undefined });
  });

  test("that is gone through with `for await` gives its items", async () => {
    class Pages extends Query {
      async *[Symbol.asyncIterator]() {
        const first = await this;
        yield first;
        yield "more";
      }
    }
    const awaited = await spanOf(async () => void (await call("pages", () => new Pages())));
    const iterated = await spanOf(async () => {
      for await (const _ of call("pages", () => new Pages()));
    });
    expect([awaited.output, iterated.output]).toEqual(["rows", "rowsmore"]);
  });

  test("starts in the span's context, and calls back in the consumer's", async () => {
    const own = new AsyncLocalStorage<string>();
    const log: unknown[] = [];
    const where = () => log.push([llmobs.exportSpan() && state.storage.getStore()?.activeSpan?.name, own.getStore()]);
    await traced(() =>
      own.run("app", async () => {
        const query = call("query", () => ({
          // biome-ignore lint/suspicious/noThenProperty: as above
          then(done: (value: number) => unknown) {
            where();
            done(1);
          },
        }));
        query.then(where);
        await llmobs.task({ name: "caller" }, async () => {
          await call("awaited", () => new Query());
          where();
        });
      }),
    );
    expect(log).toEqual([
      ["query", "app"],
      [undefined, "app"],
      ["caller", "app"],
    ]);
  });
});

describe("a hostile thenable leaks nothing, and ends its span once", () => {
  const at = async (make: () => PromiseLike<unknown>) => {
    const attempt = async (thenable: PromiseLike<unknown>) => {
      try {
        return `resolved ${String(await thenable)}`;
      } catch (error) {
        return `rejected ${String(error)}`;
      }
    };
    const expected = await attempt(make());
    const { events } = await traced(async () => {
      expect(await attempt(call("thenable", make))).toBe(expected);
    });
    expect(events).toHaveLength(1);
    const [event] = events;
    return event === undefined ? undefined : seen(event);
  };
  const thenable = (then: (done: (value: unknown) => void, failed: (error: unknown) => void) => unknown) =>
    Object({ then });

  test("that calls back twice, or both ways", async () => {
    const twice = thenable((done) => [done(1), done(2)]);
    const both = thenable((done, failed) => [failed(new Error("first")), done(1)]);
    expect(await at(() => twice)).toEqual({ output: "1", notes: [], error: undefined });
    expect(await at(() => both)).toEqual({ output: undefined, notes: [], error: "first" });
  });

  test("that throws, before or after it has called back", async () => {
    const throws = thenable(() => {
      throw new Error("threw");
    });
    const after = thenable((done) => {
      done(1);
      throw new Error("threw");
    });
    expect(await at(() => throws)).toEqual({ output: undefined, notes: [], error: "threw" });
    expect(await at(() => after)).toEqual({ output: "1", notes: [], error: undefined });
  });

  test("whose `then` throws when it is read, or is there only once", async () => {
    const throwing = () =>
      // biome-ignore lint/suspicious/noThenProperty: as above
      Object.defineProperty({}, "then", {
        get() {
          throw new Error("read");
        },
      });
    const once = () => {
      let reads = 0;
      // biome-ignore lint/suspicious/noThenProperty: as above
      return Object.defineProperty({}, "then", {
        get: () => (reads++ === 0 ? (done: (value: number) => void) => done(1) : undefined),
      });
    };
    const { events } = await traced(async () => {
      const first = call("throwing", throwing);
      await expect(Promise.resolve(first)).rejects.toThrow("read");
      const second = call("once", once);
      expect(await second).toBe(second);
    });
    expect(events).toHaveLength(2);
  });

  test("a revoked proxy, one that refuses all, one that answers all", async () => {
    const revoked = () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    };
    const refuse = (): never => {
      throw new Error("trap");
    };
    const refusing = () => new Proxy({}, { get: refuse, getPrototypeOf: refuse, ownKeys: refuse, has: refuse });
    const touched: PropertyKey[] = [];
    const answering = (): object =>
      new Proxy(
        {},
        {
          get: (_, key) => {
            touched.push(key);
            return key === "then" ? undefined : () => answering();
          },
        },
      );
    const { events } = await traced(() => {
      for (const make of [revoked, refusing, answering]) {
        const value = make();
        expect(call("proxy", () => value)).toBe(value);
      }
    });
    expect(events).toHaveLength(3);
    expect(state.reporter.counters.internalErrors).toBe(0);
    // Of its names only those that `await` and `for await` ask for.
    expect(new Set(touched.filter((key) => typeof key === "string"))).toEqual(new Set(["then", "next"]));
  });
});

describe("a promise", () => {
  class Mine<Value> extends Promise<Value> {}

  test("of a subclass stays the same, its species too", async () => {
    const promise = Mine.resolve("rows");
    const result = await spanOf(async () => {
      const returned = call("promise", () => promise);
      expect([returned === promise, returned instanceof Mine, returned.then() instanceof Mine]).toEqual([
        true,
        true,
        true,
      ]);
      expect(returned.finally() instanceof Mine).toBe(true);
      expect(await returned).toBe("rows");
      expect(Object.getOwnPropertyNames(promise)).toEqual([]);
    });
    expect(result).toEqual(ok);
  });

  test("of another realm keeps it", async () => {
    const foreign: {
      readonly resolve: (value: string) => Promise<string>;
      readonly reject: () => Promise<string>;
      readonly wait: (promise: Promise<string>) => Promise<string>;
    } = runInNewContext(`({
      resolve: (value) => Promise.resolve(value),
      reject: () => Promise.reject(new Error("no rows")),
      wait: async (promise) => await promise,
    })`);
    for (const traces of [call, fresh]) {
      const result = await spanOf(async () => {
        const promise = foreign.resolve("rows");
        const returned = traces("promise", () => promise);
        expect([Object.getPrototypeOf(returned) === Object.getPrototypeOf(promise)]).toEqual([true]);
        // Where it is at home, `await` asks it for no `then`.
        expect(await foreign.wait(returned)).toBe("rows");
      });
      expect(result).toEqual(ok);
      const rejected = await spanOf(async () => {
        await expect(traces("promise", foreign.reject)).rejects.toMatchObject({ message: "no rows" });
      });
      expect(rejected).toEqual(failed);
    }
  });

  test("that is frozen, or has properties, is handed on itself", async () => {
    for (const promise of [Object.freeze(Promise.resolve("rows")), Object.assign(Promise.resolve("rows"), { id: 1 })]) {
      const result = await spanOf(async () => {
        expect(fresh("promise", () => promise)).toBe(promise);
        await promise;
      });
      expect(result).toEqual(ok);
    }
  });
});

describe("one promise feeds all spans that wait for it", () => {
  test("a memoised one, returned a thousand times, is listened to once", async () => {
    let resolve: (value: string) => void = () => undefined;
    const memo = new Promise<string>((done) => {
      resolve = done;
    });
    const { events } = await traced(async () => {
      for (let index = 0; index < 1000; index++) expect(call("memo", () => memo)).toBe(memo);
      expect(state.promises.get(memo)?.outcomes).toHaveLength(1000);
      resolve("rows");
      await memo;
      expect(state.promises.get(memo)).toBe(undefined);
      expect(call("memo", () => memo)).toBe(memo);
    });
    expect(events).toHaveLength(1001);
    expect(new Set(events.map((event) => seen(event).output))).toEqual(new Set(["rows"]));
  });

  test("functions that hand on one made anew give the same derived one", async () => {
    const made: Promise<unknown>[] = [];
    const { events } = await traced(async () => {
      const inner = () => {
        const promise = fresh("inner", async () => "rows");
        made.push(promise);
        return promise;
      };
      const outer = fresh("outer", () => fresh("middle", inner));
      expect(outer).toBe(made[0]);
      expect(await outer).toBe("rows");
    });
    expect(events.map((event) => [event.name, seen(event)])).toEqual([
      ["inner", ok],
      ["middle", ok],
      ["outer", ok],
    ]);
  });

  test("a helper that memoises gives each caller the same while it is pending", async () => {
    const memo = new Promise<string>((resolve) => setTimeout(resolve, 5, "rows"));
    await traced(async () => {
      const [first, second] = [fresh("memo", () => memo), fresh("memo", () => memo)];
      expect(first).toBe(second);
      expect(call("stored", () => memo)).toBe(memo);
      await first;
    });
  });

  test("functions that hand on one thenable all see it, and it starts once", async () => {
    const query = new Query();
    const { events } = await traced(async () => {
      const returned = call("outer", () => call("inner", () => query));
      expect(Object.getOwnPropertyNames(returned)).toEqual(["starts", "then"]);
      expect(await returned).toBe("rows");
    });
    expect([query.starts, Reflect.ownKeys(query)]).toEqual([1, ["starts"]]);
    expect(events.map((event) => [event.name, seen(event)])).toEqual([
      ["inner", ok],
      ["outer", ok],
    ]);
  });
});
