import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { state } from "../../src/state.js";
import { call, spanOf } from "./span-of.js";

/** As `streamText` of the AI SDK gives: each getter divides the one stream behind them. */
class TextResult {
  #base = ReadableStream.from(["a", "b"]);
  reads = 0;
  get textStream() {
    this.reads++;
    return this.#divide();
  }
  get fullStream() {
    this.reads++;
    return this.#divide().pipeThrough(
      new TransformStream<string, object>({
        transform: (piece, controller) => controller.enqueue({ type: "text-delta", text: piece }),
      }),
    );
  }
  get text() {
    return text(this.#divide());
  }
  #divide(): ReadableStream<string> {
    const [one, other] = this.#base.tee();
    this.#base = other;
    return one;
  }
}

describe("a result with streams behind getters", () => {
  test("is not asked for one, and followed through the one its consumer reads", async () => {
    const result = new TextResult();
    const seen = await spanOf(async () => {
      const returned = call("result", () => result);
      expect([returned === result, Object.keys(returned), result.reads]).toEqual([true, ["reads"], 0]);
      expect(await text(returned.textStream)).toBe("ab");
      expect([result.reads, Reflect.ownKeys(result), await returned.text]).toEqual([1, ["reads"], "ab"]);
      expect(state.waiting.size).toBe(0);
    });
    expect(seen).toEqual({ output: "ab", notes: [], error: undefined });
  });

  test("is followed through the first that gives something, when several are read", async () => {
    const { output } = await spanOf(async () => {
      const { fullStream, textStream } = call("result", () => new TextResult());
      const [parts, pieces] = [fullStream.getReader(), textStream.getReader()];
      await parts.read();
      expect(await pieces.read()).toEqual({ done: false, value: "a" });
      await parts.read();
      expect(await pieces.read()).toEqual({ done: false, value: "b" });
      expect([(await pieces.read()).done, (await parts.read()).done]).toEqual([true, true]);
    });
    expect(output).toBe('[{"type":"text-delta","text":"a"},{"type":"text-delta","text":"b"}]');
  });
});

describe("a plain result with a stream", () => {
  async function* events() {
    yield { text: "a" };
    yield { text: "b" };
  }

  test.each<[string, () => { readonly stream: AsyncIterable<unknown> }]>([
    ["of Bedrock", () => ({ $metadata: { httpStatusCode: 200 }, stream: events() })],
    ["of Google's older client", () => ({ stream: events(), response: Promise.resolve("ab") })],
  ])("%s ends with the stream", async (_, make) => {
    const seen = await spanOf(async () => {
      const { stream } = call("result", make);
      expect(state.waiting.size).toBe(1);
      for await (const _ of stream);
      expect(state.waiting.size).toBe(0);
    });
    expect(seen).toEqual({ output: '[{"text":"a"},{"text":"b"}]', notes: [], error: undefined });
  });

  test("of somebody's own is a value, and its getters are left alone", async () => {
    let reads = 0;
    class Own {
      readonly response = 1;
      get stream() {
        reads++;
        return events();
      }
    }
    const seen = await spanOf(() => {
      call("result", () => new Own());
      expect(state.waiting.size).toBe(0);
    });
    expect([seen.notes, reads]).toEqual([[], 0]);
  });
});
