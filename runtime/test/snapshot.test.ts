import { describe, expect, test } from "vitest";
import { SensitiveKeys } from "../src/capture/sensitive-keys.js";
import { DEFAULT_LIMITS, Snapshot } from "../src/capture/snapshot.js";

const take = (value: unknown, limits = DEFAULT_LIMITS) => new Snapshot(new SensitiveKeys(), limits).take(value);

describe("what each value becomes", () => {
  const shared = { a: 1 };
  const circular: Record<string, unknown> = { n: 1 };
  circular.self = circular;
  class Point {
    x = 1;
    get y(): number {
      throw new Error("no y");
    }
  }
  test.each<[string, unknown, unknown]>([
    ["undefined", undefined, undefined],
    ["null", null, null],
    ["falsy values", [0, "", false, null, undefined], [0, "", false, null, null]],
    ["numbers JSON has not", [Number.NaN, Number.POSITIVE_INFINITY], ["NaN", "Infinity"]],
    ["bigint", 10n, "10n"],
    ["symbol", Symbol("s"), "Symbol(s)"],
    ["function", function named() {}, "[Function named]"],
    ["anonymous function", [() => 1][0], "[Function]"],
    ["date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["invalid date", new Date(Number.NaN), "Invalid Date"],
    [
      "map",
      new Map<unknown, unknown>([
        ["a", 1],
        [2, { b: 3 }],
      ]),
      { a: 1, "2": { b: 3 } },
    ],
    ["set", new Set([1, "b"]), [1, "b"]],
    ["error", Object.assign(new TypeError("no"), { code: 7 }), { name: "TypeError", message: "no", code: 7 }],
    ["url", new URL("https://a.b/c"), "https://a.b/c"],
    ["buffer", Buffer.from("hi"), "[Buffer of 2 bytes]"],
    ["typed array", new Float32Array(4), "[Float32Array of 16 bytes]"],
    ["promise", Promise.resolve(1), "[Promise]"],
    ["class instance", new Point(), { x: 1 }],
    ["shared reference", [shared, shared], [{ a: 1 }, { a: 1 }]],
    ["circular reference", circular, { n: 1, self: "[Circular]" }],
    ["toJSON", { toJSON: () => ({ plain: true }) }, { plain: true }],
    ["no prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ["__proto__ as a key", JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"__proto__":{"a":1}}')],
  ])("%s", (_, value, expected) => expect(take(value)).toEqual(expected));

  test("text is kept by reference and whole", () => expect(take("x".repeat(500))).toHaveLength(500));
});

describe("what throws is shown and does not get out", () => {
  test.each<[string, () => unknown, unknown]>([
    [
      "getter",
      () => ({
        get a() {
          throw new Error("boom");
        },
        b: 1,
      }),
      { a: "[Threw: boom]", b: 1 },
    ],
    [
      "toJSON",
      () => ({
        toJSON() {
          throw "text";
        },
      }),
      "[Threw: text]",
    ],
    [
      "proxy",
      () =>
        new Proxy(
          {},
          {
            ownKeys() {
              throw new Error("trap");
            },
          },
        ),
      "[Threw: trap]",
    ],
    [
      "error without a text",
      () => ({
        get a() {
          throw Object.create(null);
        },
      }),
      { a: "[Threw: [unprintable]]" },
    ],
  ])("%s", (_, make, expected) => expect(take(make())).toEqual(expected));

  test("revoked proxies", () => {
    const { proxy, revoke } = Proxy.revocable({ a: 1 }, {});
    revoke();
    expect(take({ proxy })).toEqual({ proxy: "[Revoked proxy]" });
  });

  test("a proxy is not asked for toJSON", () => {
    const asked: PropertyKey[] = [];
    const remote = new Proxy(
      { a: 1 },
      {
        get(target, key) {
          asked.push(key);
          return Reflect.get(target, key);
        },
      },
    );
    expect(take(remote)).toEqual({ a: 1 });
    expect(asked).toEqual(["a"]);
  });
});

describe("limits", () => {
  const limits = { text: 100, depth: 3, entries: 3 };

  test("text is cut with a mark, never inside a surrogate pair", () => {
    expect(take("a".repeat(150), limits)).toBe(`${"a".repeat(100)}…[truncated 50]`);
    expect(take(`${"a".repeat(99)}😀`, limits)).toBe(`${"a".repeat(99)}…[truncated 2]`);
  });

  test("entries and depth", () => {
    expect(take([1, 2, 3, 4, 5], limits)).toEqual([1, 2, 3, "…[truncated 2]"]);
    expect(take({ a: 1, b: 2, c: 3, d: 4 }, limits)).toEqual({ a: 1, b: 2, c: 3, "…": "…[truncated 1]" });
    expect(take([[[["deep"]]]], limits)).toEqual([[["[Too deep]"]]]);
  });

  test("all of a value share one budget", () => {
    const taken = take({ a: "x".repeat(80), b: "y".repeat(80) }, limits);
    expect(JSON.stringify(taken)).toContain("…[truncated 78]");
  });

  test("the rest of a text that was cut is let go", () => {
    const kept: unknown[] = [];
    for (let round = 0; round < 20; round++) {
      const text = `${round}${"x".repeat(10_000_000)}`;
      // The engine builds texts lazily; reading makes this one real.
      text.charCodeAt(5);
      kept.push(take(text, { ...limits, text: 1000 }));
    }
    globalThis.gc?.();
    expect(process.memoryUsage().heapUsed).toBeLessThan(150_000_000);
    expect(kept).toHaveLength(20);
  });

  test("however many values there are, a bounded number is copied", () => {
    let reads = 0;
    const item = {
      get x() {
        reads++;
        return null;
      },
    };
    const wide = (depth: number): unknown => (depth === 0 ? item : Array.from({ length: 50 }, () => wide(depth - 1)));
    // 6,250,000 of them, in containers that are each within their limit.
    const shared = wide(3);
    take(Array.from({ length: 50 }, () => shared));
    expect(reads).toBeGreaterThan(1000);
    expect(reads).toBeLessThan(DEFAULT_LIMITS.text / 16);
  });

  test("an array, a set or a map of a million entries, and an array with a length only", () => {
    const numbers = Array.from({ length: 1_000_000 }, (_, index) => index);
    const cut = [...numbers.slice(0, 1000), "…[truncated 999000]"];
    expect(take(numbers)).toEqual(cut);
    expect(take(new Set(numbers))).toEqual(cut);
    expect(take(new Map(numbers.map((index) => [index, index])))).toMatchObject({ "0": 0, "…": "…[truncated 999000]" });
    expect(take(new Array(4_000_000_000))).toHaveLength(1001);
  });

  test("what comes after a change of the original", () => {
    const value = { list: [1] };
    const taken = take(value);
    value.list.push(2);
    expect(taken).toEqual({ list: [1] });
  });
});

describe("secrets", () => {
  test.each([
    "authorization",
    "Authorization",
    "cookie",
    "Set-Cookie",
    "api_key",
    "apiKey",
    "x-api-key",
    "OPENAI_API_KEY",
    "password",
    "userPassword",
    "client_secret",
    "bearer",
    "access_token",
    "cookies",
    "apiKeys",
    "secretAccessKey",
    "private_key",
    "refreshToken",
  ])("the value of %s is never captured", (key) => {
    expect(take({ [key]: "s3cret", deep: [{ [key]: { a: 1 } }] })).toEqual({
      [key]: "[redacted]",
      deep: [{ [key]: "[redacted]" }],
    });
  });

  test.each(["tokens", "maxTokens", "secretary", "keyword", "cookies_enabled", "secrecy"])("%s is no secret", (key) => {
    expect(take({ [key]: 1 })).toEqual({ [key]: 1 });
  });

  test("more names", () => {
    expect(new Snapshot(new SensitiveKeys(["iban"])).take({ IBAN: 1, b: 2 })).toEqual({ IBAN: "[redacted]", b: 2 });
  });
});

describe("values of its own", () => {
  const own = (value: unknown, limits = DEFAULT_LIMITS) => new Snapshot(new SensitiveKeys(), limits).takeOwn(value);

  test("parameters stay where they are, and what they hold is copied", () => {
    const nested = { list: [1, { deep: true }] };
    const parameters = { text: "hello", nested, count: 2, none: null };
    const taken = own(parameters);
    nested.list.push(3);
    expect(taken).toBe(parameters);
    expect(taken).toEqual({ text: "hello", nested: { list: [1, { deep: true }] }, count: 2, none: null });
  });

  test("they are rendered as elsewhere", () => {
    const cases = (): unknown[] => [
      { left: undefined, size: Number.NaN, big: 1n, when: new Date(0), password: "x", fail: new Error("no") },
      { text: "x".repeat(40), more: "y".repeat(40), last: 1 },
      { deep: [[[["too deep"]]]], many: [1, 2, 3, 4, 5] },
      { only: "x".repeat(99) },
      {},
      [1, { a: 2 }],
      undefined,
    ];
    const limits = { text: 150, depth: 3, entries: 4 };
    expect(cases().map((value) => own(value, limits))).toEqual(cases().map((value) => take(value, limits)));
  });

  test("a getter is read once, where it does not throw", () => {
    let reads = 0;
    const value = {
      get once() {
        reads++;
        return { at: 1 };
      },
      left: undefined,
    };
    expect(take(value)).toEqual({ once: { at: 1 } });
    expect(reads).toBe(1);
  });
});
