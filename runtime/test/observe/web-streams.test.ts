import { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { describe, expect, test } from "vitest";
import { state } from "../../src/state.js";
import { loopbackServer } from "../loopback-server.js";
import { call, spanOf } from "./span-of.js";

const ABANDONED = "abandoned: the consumer stopped before the end";

type Type = "bytes" | undefined;

/** A stream of three chunks; a character lies on the border of two. */
function source(type: Type, log: string[] = []): ReadableStream<Uint8Array> {
  const chunks = [[99, 49, 32], [0xc3], [0xa9, 33]];
  const next = () => new Uint8Array(chunks.shift() ?? []);
  const cancel = (reason: unknown) => {
    log.push(`cancelled ${String(reason)}`);
  };
  if (type === undefined) {
    return new ReadableStream<Uint8Array>({
      pull: (controller) => (chunks.length > 0 ? controller.enqueue(next()) : controller.close()),
      cancel,
    });
  }
  return new ReadableStream({
    type,
    pull(controller) {
      if (chunks.length > 0) controller.enqueue(next());
      else {
        controller.close();
        controller.byobRequest?.respond(0);
      }
    },
    cancel,
  });
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let read = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return read;
    read += decoder.decode(value, { stream: true });
  }
}

async function upload(stream: ReadableStream<Uint8Array>): Promise<string> {
  const server = await loopbackServer((request, response) => request.pipe(response));
  return (await fetch(server.origin, { method: "POST", body: stream, duplex: "half" })).text();
}

const whole: Readonly<Record<string, (stream: ReadableStream<Uint8Array>) => Promise<string>>> = {
  "getReader()": readAll,
  "two readers, one after the other": async (stream) => {
    const first = stream.getReader();
    const { value } = await first.read();
    first.releaseLock();
    return new TextDecoder().decode(value) + (await readAll(stream));
  },
  "for await": text,
  "values()": async (stream) => {
    const decoder = new TextDecoder();
    let read = "";
    for await (const chunk of stream.values({ preventCancel: true })) read += decoder.decode(chunk, { stream: true });
    return read;
  },
  "tee(), both read": async (stream) => (await Promise.all(stream.tee().map(readAll))).join(" and "),
  "tee(), one read": async (stream) => readAll(stream.tee()[1]),
  "tee(), one cancelled": async (stream) => {
    const [one, other] = stream.tee();
    // Settles when both are.
    one.cancel().catch(() => undefined);
    return readAll(other);
  },
  "tee() of a tee()": async (stream) => readAll(stream.tee()[0].tee()[1]),
  "pipeTo()": async (stream) => {
    let read = "";
    const decoder = new TextDecoder();
    await stream.pipeTo(
      new WritableStream({
        write(chunk) {
          read += decoder.decode(chunk, { stream: true });
        },
      }),
    );
    return `${read} locked ${stream.locked}`;
  },
  "pipeThrough()": async (stream) => text(stream.pipeThrough(new TransformStream())),
  "pipeThrough(), twice": async (stream) =>
    text(stream.pipeThrough(new TransformStream()).pipeThrough(new TransformStream())),
  "new Response().text()": async (stream) => new Response(stream).text(),
  "new Response().body": async (stream) => readAll(new Response(stream).body ?? stream),
  "a fetch upload": upload,
  "Readable.from()": async (stream) => text(Readable.from(stream)),
  "pipeline() to a Node stream": async (stream) => {
    const chunks: Buffer[] = [];
    await pipeline(
      stream,
      new Writable({
        write(chunk: Buffer, _, done) {
          chunks.push(chunk);
          done();
        },
      }),
    );
    return Buffer.concat(chunks).toString();
  },
};

/** From Node 26 on these read past every property. */
const inside: typeof whole = {
  "new Response().clone()": async (stream) => {
    const response = new Response(stream);
    const copy = response.clone();
    return (await copy.text()) + (await response.text());
  },
  "Readable.fromWeb()": async (stream) => text(Readable.fromWeb(stream)),
};

describe.each<Type>([undefined, "bytes"])("a web stream (type %s)", (type) => {
  test.each(Object.entries(whole))("read by %s is seen whole", async (_, read) => {
    const expected = await read(source(type));
    const held: ReadableStream[] = [];
    const seen = await spanOf(async () => {
      const stream = source(type);
      held.push(stream);
      const returned = call("stream", () => stream);
      expect(returned).toBe(stream);
      expect(Object.keys(returned)).toEqual([]);
      expect(await read(returned)).toBe(expected);
      expect(state.waiting.size).toBe(0);
    });
    expect(seen).toEqual({ output: "c1 é!", notes: [], error: undefined });
    expect(held.map(Object.getOwnPropertyNames)).toEqual([[]]);
  });

  test.each(Object.entries(inside))("read by %s is seen whole or said not to be", async (_, read) => {
    const expected = await read(source(type));
    const { output, notes } = await spanOf(async () => {
      expect(await read(call("stream", () => source(type)))).toBe(expected);
    });
    if (output !== undefined) expect([output, notes]).toEqual(["c1 é!", []]);
    else expect(notes).toEqual([expect.stringMatching(/can not be observed|nobody consumed/)]);
  });

  test.each<[string, (stream: ReadableStream<Uint8Array>) => unknown]>([
    [
      "reader.cancel()",
      async (stream) => {
        const reader = stream.getReader();
        await reader.read();
        await reader.cancel("reason");
      },
    ],
    [
      "break",
      async (stream) => {
        for await (const _ of stream) break;
      },
    ],
    [
      "cancel()",
      async (stream) => {
        const reader = stream.getReader();
        await reader.read();
        reader.releaseLock();
        await stream.cancel("reason");
      },
    ],
    [
      "cancelling both branches",
      async (stream) => {
        const [one, two] = stream.tee();
        const reader = one.getReader();
        await reader.read();
        await Promise.all([reader.cancel("reason"), two.cancel("reason")]);
      },
    ],
    [
      "a destination that fails",
      async (stream) => {
        let writes = 0;
        const write = () => {
          if (writes++ === 1) throw new Error("full");
        };
        const error = await stream.pipeTo(new WritableStream({ write })).catch((thrown: Error) => thrown.message);
        expect([error, stream.locked]).toEqual(["full", false]);
      },
    ],
    [
      "an aborted pipe",
      async (stream) => {
        const abort = new AbortController();
        const write = () => abort.abort();
        const piped = stream.pipeTo(new WritableStream({ write }), { signal: abort.signal });
        expect(await piped.catch((thrown: Error) => thrown.name)).toBe("AbortError");
      },
    ],
  ])("left by %s is abandoned, and its source told", async (_, leave) => {
    const [plain, log]: [string[], string[]] = [[], []];
    await leave(source(type, plain));
    const seen = await spanOf(async () => {
      await leave(call("stream", () => source(type, log)));
      expect(state.waiting.size).toBe(0);
    });
    expect(seen).toMatchObject({ notes: [ABANDONED], error: undefined });
    expect(String(seen.output)).toMatch(/^c1 /);
    expect([plain.length, log]).toEqual([1, plain]);
  });
});

test.each<[string, (stream: ReadableStream<Uint8Array>) => object]>([
  [
    "with a reader taken at once",
    (stream) => {
      const reader = stream.getReader();
      return { next: () => reader.read() };
    },
  ],
  [
    "with a reader taken by the first step",
    (stream) =>
      (async function* () {
        const reader = stream.getReader();
        for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
      })(),
  ],
  [
    "as its own iterator",
    (stream) => {
      let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
      return Object.assign(stream, {
        next() {
          reader ??= stream.getReader();
          return reader.read();
        },
      });
    },
  ],
])("an iterator of somebody's own, %s, gives each chunk once", async (_, iterate) => {
  class Own extends ReadableStream<Uint8Array> {
    override [Symbol.asyncIterator]() {
      return Object(iterate(this));
    }
  }
  const make = () =>
    new Own({
      start(controller) {
        for (const piece of ["a", "b"]) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    });
  const seen = await spanOf(async () => {
    expect(await text(call("stream", make))).toBe("ab");
  });
  expect(seen).toEqual({ output: "ab", notes: [], error: undefined });
});

test("chunks of a view given by the reader are read before it is used again", async () => {
  const seen = await spanOf(async () => {
    const reader = call("stream", () => source("bytes")).getReader({ mode: "byob" });
    let view = new Uint8Array(2);
    for (;;) {
      const { done, value } = await reader.read(view);
      if (done) break;
      view = new Uint8Array(value.buffer).fill(0x58);
    }
  });
  expect(seen).toEqual({ output: "c1 é!", notes: [], error: undefined });
});

test("what a stream fails with is the span's error", async () => {
  const fails = () => {
    let count = 0;
    return new ReadableStream<string>({
      pull(controller) {
        if (count++ === 0) controller.enqueue("first");
        else throw new Error("source failed");
      },
    });
  };
  const reads: readonly ((stream: ReadableStream<string>) => Promise<unknown>)[] = [
    text,
    (stream) => stream.pipeTo(new WritableStream()),
    (stream) => text(stream.pipeThrough(new TransformStream())),
    (stream) => text(stream.tee()[0]),
  ];
  for (const read of reads) {
    const seen = await spanOf(async () => {
      await expect(read(call("stream", fails))).rejects.toThrow("source failed");
    });
    expect(seen).toEqual({ output: "first", notes: [], error: "source failed" });
  }
});

test("one whose reader is only waited for ends when it closes", async () => {
  const seen = await spanOf(async () => {
    const closes = () => new ReadableStream({ start: (controller) => void setTimeout(() => controller.close(), 1) });
    await call("stream", closes).getReader().closed;
    await new Promise((resolve) => setImmediate(resolve));
    expect(state.waiting.size).toBe(0);
  });
  expect(seen).toEqual({
    output: undefined,
    notes: ["the stream is read where it can not be observed"],
    error: undefined,
  });
});

test("a reader used wrongly is no failure of the stream", async () => {
  const seen = await spanOf(async () => {
    const stream = call("stream", () => source("bytes"));
    const wrong = stream.getReader({ mode: "byob" });
    await expect(wrong.read(new Uint8Array(0))).rejects.toThrow(TypeError);
    const pending = stream.getReader.bind(stream);
    expect(pending).toThrow(TypeError);
    wrong.releaseLock();
    await expect(wrong.read(new Uint8Array(1))).rejects.toThrow(TypeError);
    const piped = stream.pipeTo(Object.create(null));
    expect(stream.locked).toBe(false);
    await expect(piped).rejects.toThrow(TypeError);
    expect(() => stream.pipeThrough(Object.create(null))).toThrow(TypeError);
    expect(stream.locked).toBe(false);
    expect(await text(stream)).toBe("c1 é!");
  });
  expect(seen).toEqual({ output: "c1 é!", notes: [], error: undefined });
});

test.each<[string, () => ReadableStream<Uint8Array>]>([
  [
    "locked",
    () => {
      const stream = source(undefined);
      stream.getReader();
      return stream;
    },
  ],
  [
    "cancelled",
    () => {
      const stream = source(undefined);
      stream.cancel().catch(() => undefined);
      return stream;
    },
  ],
])("one that is %s already ends the span at once", async (_, make) => {
  const { output, notes } = await spanOf(() => {
    call("stream", make);
    expect(state.waiting.size).toBe(0);
  });
  expect([output, notes]).toEqual([
    undefined,
    ["the stream was being consumed already; the span ends where it was returned"],
  ]);
});

test("a frozen one too", async () => {
  const { notes } = await spanOf(async () => {
    expect(await text(call("stream", () => Object.freeze(source(undefined))))).toBe("c1 é!");
  });
  expect(notes).toEqual(["the stream could not be observed; the span ends where it was returned"]);
});

test("a transferred stream arrives; nobody here sees it end", async () => {
  const held: unknown[] = [];
  const { notes } = await spanOf(async () => {
    const stream = call("stream", () => source(undefined));
    held.push(stream);
    const moved: ReadableStream<Uint8Array> = structuredClone(stream, { transfer: [stream] });
    expect(await readAll(moved)).toBe("c1 é!");
  });
  expect(notes).toEqual(["nobody consumed the result to its end"]);
});

describe("a pipe", () => {
  /** When the source was asked for chunks, as the destination took its time. */
  async function pulls(wrap: (stream: ReadableStream<number>) => ReadableStream<number>): Promise<readonly string[]> {
    const log: string[] = [];
    let count = 0;
    const stream = wrap(
      new ReadableStream<number>(
        {
          pull(controller) {
            log.push(`pulled ${++count}`);
            if (count > 4) controller.close();
            else controller.enqueue(count);
          },
        },
        { highWaterMark: 0 },
      ),
    );
    await stream.pipeTo(
      new WritableStream(
        {
          async write(chunk) {
            log.push(`writes ${chunk}`);
            for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
            log.push(`wrote ${chunk}`);
          },
          close() {
            log.push("closed");
          },
        },
        { highWaterMark: 1 },
      ),
    );
    return log;
  }

  test("asks its source for a chunk no sooner than it would", async () => {
    const expected = await pulls((stream) => stream);
    await spanOf(async () => {
      expect(await pulls((stream) => call("stream", () => stream))).toEqual(expected);
    });
  });

  test("sees that its source closes or fails while the destination is busy", async () => {
    for (const how of ["close", "error"] as const) {
      const run = async (wrap: (stream: ReadableStream<string>) => ReadableStream<string>) => {
        const log: string[] = [];
        const controllers: ReadableStreamDefaultController<string>[] = [];
        const stream = wrap(
          new ReadableStream<string>({
            start(controller) {
              controllers.push(controller);
              controller.enqueue("only");
            },
          }),
        );
        const piped = stream.pipeTo(
          new WritableStream({
            async write(chunk) {
              log.push(chunk);
              controllers[0]?.[how](how === "error" ? new Error("broken") : undefined);
              await new Promise((resolve) => setTimeout(resolve, 5));
              log.push("written");
            },
            close: () => void log.push("closed"),
            abort: (reason: Error) => void log.push(`aborted ${reason.message}`),
          }),
        );
        log.push(
          await piped.then(
            () => "ok",
            (error: Error) => error.message,
          ),
        );
        return log;
      };
      const expected = await run((stream) => stream);
      await spanOf(async () => {
        expect(await run((stream) => call("stream", () => stream))).toEqual(expected);
      });
    }
  });

  test("that leaves its source open loses no chunk of it", async () => {
    const run = async (wrap: (stream: ReadableStream<string>) => ReadableStream<string>) => {
      const controllers: ReadableStreamDefaultController<string>[] = [];
      const stream = wrap(new ReadableStream<string>({ start: (controller) => void controllers.push(controller) }));
      const abort = new AbortController();
      const piped = stream.pipeTo(new WritableStream(), { signal: abort.signal, preventCancel: true });
      abort.abort();
      const outcome = await piped.catch((error: Error) => error.name);
      controllers[0]?.enqueue("later");
      controllers[0]?.close();
      return [outcome, stream.locked, await text(stream)];
    };
    expect(await run((stream) => stream)).toEqual(["AbortError", false, "later"]);
    const seen = await spanOf(async () => {
      expect(await run((stream) => call("stream", () => stream))).toEqual(["AbortError", false, "later"]);
    });
    expect(seen).toEqual({ output: "later", notes: [], error: undefined });
  });
});

test.each([
  ["an image", [0x89, 0x50, 0xff, 0xfe]],
  ["silence", [0, 0, 0, 0]],
])("bytes that are no text, as of %s, are counted", async (_, bytes) => {
  const { output } = await spanOf(async () => {
    const make = () => ReadableStream.from([new TextEncoder().encode("head"), new Uint8Array(bytes)]);
    for await (const _ of call("stream", make));
  });
  expect(output).toBe("[8 bytes in 2 chunks]");
});

test("of what passes beyond the budget only the newest is held, and it is said", async () => {
  const piece = "x".repeat(1024 * 1024);
  const dropped = state.reporter.counters.droppedQueueFull;
  const { output, notes } = await spanOf(async () => {
    const long = () => ReadableStream.from(Array.from({ length: 100 }, (_, id) => ({ id, piece })));
    for await (const _ of call("stream", long));
  });
  // The queue holds 64 MiB.
  expect(state.reporter.counters.droppedQueueFull).toBe(dropped);
  expect(String(output)).toContain('{"id":99,');
  expect(notes).toEqual(["the output is cut: 100 chunks passed"]);
});

test("a long text is cut where the budget ends, and says so", async () => {
  const piece = "x".repeat(300_000);
  const { output, notes } = await spanOf(async () => {
    const long = () => ReadableStream.from([piece, piece, piece, piece]);
    for await (const _ of call("stream", long));
  });
  expect([String(output).length, String(output).slice(-20), notes]).toEqual([
    1024 * 1024 + "…[truncated 151424]".length,
    "x…[truncated 151424]",
    [],
  ]);
});
