import { createReadStream, writeFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { addAbortSignal, Duplex, finished, PassThrough, Readable, Transform, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { describe, expect, test } from "vitest";
import { state } from "../../src/state.js";
import { loopbackServer } from "../loopback-server.js";
import { temporaryFolder } from "../temporary-folder.js";
import { call, spanOf } from "./span-of.js";

const ABANDONED = "abandoned: the consumer stopped before the end";
const bytes = () => Readable.from([Buffer.from("a "), Buffer.from([0xc3]), Buffer.from([0xa9])], { objectMode: false });

/** Keeps what is written to it. */
class Memory extends Writable {
  written = "";
  readonly #delay: number;
  constructor(delay = 0) {
    super({ highWaterMark: 1, decodeStrings: true });
    this.#delay = delay;
  }
  override _write(chunk: Buffer, _: unknown, done: () => void) {
    this.written += chunk.toString("latin1");
    setTimeout(done, this.#delay);
  }
}

const ended = (stream: Readable) =>
  new Promise<void>((resolve, reject) => finished(stream, (error) => (error ? reject(error) : resolve())));

const closed = (stream: Readable) =>
  new Promise<void>((resolve) => (stream.closed ? resolve() : stream.on("close", resolve)));

const whole: Readonly<Record<string, (stream: Readable) => Promise<unknown>>> = {
  "data listeners": async (stream) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    await ended(stream);
    return Buffer.concat(chunks).toString();
  },
  "listeners that pause it": async (stream) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      stream.pause();
      setImmediate(() => stream.resume());
    });
    await ended(stream);
    return Buffer.concat(chunks).toString();
  },
  "readable and read()": async (stream) => {
    const chunks: Buffer[] = [];
    stream.on("readable", () => {
      for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) chunks.push(chunk);
    });
    await ended(stream);
    return Buffer.concat(chunks).toString();
  },
  "read(1)": async (stream) => {
    let read = "";
    stream.on("readable", () => {
      for (let chunk = stream.read(1); chunk !== null; chunk = stream.read(1)) read += chunk.toString("latin1");
    });
    await ended(stream);
    return read;
  },
  "setEncoding()": async (stream) => {
    stream.setEncoding("utf8");
    let read = "";
    stream.on("data", (chunk: string) => {
      read += chunk;
    });
    await ended(stream);
    return read;
  },
  "pipe()": async (stream) => {
    const memory = new Memory();
    stream.pipe(memory);
    await new Promise((resolve) => memory.on("finish", resolve));
    return memory.written;
  },
  "pipeline()": async (stream) => {
    const memory = new Memory(1);
    await pipeline(stream, new PassThrough(), memory);
    return memory.written;
  },
  "for await": async (stream) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  },
  "iterator()": async (stream) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  },
  "toArray()": async (stream) => Buffer.concat(await stream.toArray()).toString(),
  "map()": async (stream) => (await stream.map((chunk: Buffer) => chunk.length).toArray()).join(),
  "Readable.toWeb()": async (stream) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of Readable.toWeb(stream)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  },
  "stream/consumers": text,
};

describe("a Node stream", () => {
  test.each(Object.entries(whole))("read by %s is seen whole", async (_, read) => {
    const expected = await read(bytes());
    const held: Readable[] = [];
    const seen = await spanOf(async () => {
      const stream = bytes();
      held.push(stream);
      const listeners = stream.eventNames().map((name) => `${String(name)} ${stream.listenerCount(name)}`);
      const returned = call("stream", () => stream);
      expect(returned).toBe(stream);
      expect(returned.readableFlowing).toBe(null);
      expect(stream.eventNames().map((name) => `${String(name)} ${stream.listenerCount(name)}`)).toEqual(listeners);
      expect(Object.keys(returned)).not.toContain("emit");
      expect(await read(returned)).toBe(expected);
      expect(state.waiting.size).toBe(0);
    });
    expect(seen).toEqual({ output: "a é", notes: [], error: undefined });
    expect(held.map((stream) => Object.hasOwn(stream, "emit"))).toEqual([false]);
  });

  test.each<[string, (stream: Readable) => unknown]>([
    [
      "break",
      async (stream) => {
        for await (const _ of stream) break;
        await closed(stream);
      },
    ],
    [
      "destroy()",
      async (stream) => {
        stream.once("data", () => stream.destroy());
        await closed(stream);
      },
    ],
  ])("left by %s is abandoned", async (_, leave) => {
    const seen = await spanOf(async () => {
      await leave(call("stream", () => Readable.from(["a", "b", "c"])));
      expect(state.waiting.size).toBe(0);
    });
    // Node may emit one more chunk to nobody.
    expect(seen).toEqual({ output: expect.stringMatching(/^ab?$/), notes: [ABANDONED], error: undefined });
  });

  test("that fails is the span's error, handled or not", async () => {
    const fails = () =>
      new Readable({
        read() {
          this.push("first");
          this.destroy(new Error("source failed"));
        },
      });
    const reads: readonly ((stream: Readable) => Promise<unknown>)[] = [
      text,
      (stream) => pipeline(stream, new Memory()),
      (stream) => new Promise((_, reject) => stream.on("error", reject).resume()),
    ];
    for (const read of reads) {
      const { error } = await spanOf(async () => {
        await expect(read(call("stream", fails))).rejects.toThrow("source failed");
      });
      expect(error).toBe("source failed");
    }
  });

  test("aborted by a signal fails with its reason", async () => {
    const { error } = await spanOf(async () => {
      const abort = new AbortController();
      const stream = call("stream", () => addAbortSignal(abort.signal, new PassThrough()));
      abort.abort();
      await expect(text(stream)).rejects.toThrow("aborted");
    });
    expect(error).toContain("aborted");
  });

  test("in object mode gives a list", async () => {
    const { output } = await spanOf(async () => {
      for await (const _ of call("stream", () => Readable.from([{ a: 1 }, { b: 2 }])));
    });
    expect(output).toBe('[{"a":1},{"b":2}]');
  });

  test("of a file, of a response and of a duplex is one", async () => {
    const file = join(temporaryFolder(), "file.txt");
    writeFileSync(file, "of a file");
    const server = await loopbackServer((_, response) => response.end("of a response"));
    const response = await new Promise<IncomingMessage>((resolve) => get(server.origin, resolve));
    const duplex = Duplex.from(async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) yield String(chunk).toUpperCase();
    });
    duplex.end("of a duplex");
    const transform = new Transform({ transform: (chunk, _, done) => done(null, String(chunk).toUpperCase()) });
    transform.end("of a transform");
    for (const [make, expected] of [
      [() => createReadStream(file), "of a file"],
      [() => response, "of a response"],
      [() => duplex, "OF A DUPLEX"],
      [() => transform, "OF A TRANSFORM"],
    ] as const) {
      const { output } = await spanOf(async () => {
        expect(await text(call<Readable>("stream", make))).toBe(expected);
      });
      expect(output).toBe(expected);
    }
  });

  test("that was read or destroyed already ends the span at once", async () => {
    const read = bytes();
    await new Promise((resolve) => read.once("data", resolve));
    const destroyed = bytes().destroy();
    for (const stream of [read, destroyed, Readable.from([]).destroy()]) {
      const { notes } = await spanOf(() => {
        call("stream", () => stream);
        expect(state.waiting.size).toBe(0);
      });
      expect(notes).toEqual(["the stream was being consumed already; the span ends where it was returned"]);
    }
  });
});

test("what can only be written to is a value", async () => {
  const { notes } = await spanOf(() => {
    call("stream", () => new Memory());
    expect(state.waiting.size).toBe(0);
  });
  expect(notes).toEqual([]);
});

test("a slow destination holds its source back as before", async () => {
  const produced = async (wrap: (stream: Readable) => Readable) => {
    const log: string[] = [];
    let count = 0;
    const source = wrap(
      new Readable({
        highWaterMark: 2,
        read() {
          log.push(`read ${++count}`);
          this.push(count > 6 ? null : "xx");
        },
      }),
    );
    const memory = new Memory(2);
    const write = memory._write.bind(memory);
    memory._write = (chunk, encoding, done) => {
      log.push("write");
      write(chunk, encoding, done);
    };
    await pipeline(source, memory);
    return log;
  };
  const expected = await produced((stream) => stream);
  await spanOf(async () => {
    expect(await produced((stream) => call("stream", () => stream))).toEqual(expected);
  });
});
