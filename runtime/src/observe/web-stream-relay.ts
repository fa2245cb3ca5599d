import { property } from "./own-property.js";
import { deriveFrom } from "./promise.js";
import type { Sink } from "./sink.js";

/**
 * Pipes a stream through another one that asks it for a chunk exactly when it is
 * asked for one: the platform's own pipe reads past every property. Nothing is
 * read ahead, and back-pressure, errors and cancelling pass as they would.
 * Undefined where the stream is not the platform's.
 */
export function relay(
  stream: object,
  key: "pipeTo" | "pipeThrough",
  values: readonly unknown[],
  sink: Sink,
): { readonly result: unknown } | undefined {
  if (!(stream instanceof ReadableStream) || property(ReadableStream.prototype, key) === undefined) return undefined;
  const source = new Source(stream, sink);
  const result: unknown = Reflect.apply(ReadableStream.prototype[key], source.readable, [...values]);
  // Wrong arguments are refused as by the stream itself, which stays as it was.
  return { result: source.readable.locked ? source.open(result) : result };
}

class Source {
  readonly readable: ReadableStream<unknown>;
  readonly #stream: ReadableStream<unknown>;
  readonly #sink: Sink;
  #reader: ReadableStreamDefaultReader<unknown> | undefined;
  #controller: ReadableStreamDefaultController<unknown> | undefined;
  #pulling = false;
  #state: "open" | "source closed" | "over" = "open";

  constructor(stream: ReadableStream<unknown>, sink: Sink) {
    this.#stream = stream;
    this.#sink = sink;
    this.readable = new ReadableStream<unknown>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#pull(),
        cancel: (reason) => {
          this.#state = "over";
          return this.#reader?.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Gives back what the caller is to get for `result`. */
  open(result: unknown): unknown {
    const reader = this.#stream.getReader();
    this.#reader = reader;
    const release = () => reader.releaseLock();
    // A pipe sees the end of its stream before it asks for the next chunk.
    reader.closed.then(() => this.#closed(), this.#failed.bind(this)).then(release, release);
    if (!(result instanceof Promise)) return result;
    // With `preventCancel` the stream outlives its pipe.
    const leave = () => {
      this.#state = "over";
      release();
    };
    return deriveFrom(result, { ok: leave, fail: leave });
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    const result = await this.#reader?.read();
    this.#pulling = false;
    if (this.#state === "over" || result === undefined) return;
    if (!result.done) this.#controller?.enqueue(result.value);
    if (result.done || this.#state === "source closed") this.#end();
  }

  /** Comes before the last chunk does, when that was asked for already. */
  #closed(): void {
    if (this.#state !== "open") return;
    if (this.#pulling) this.#state = "source closed";
    else this.#end();
  }

  #end(): void {
    this.#state = "over";
    this.#controller?.close();
    this.#sink.end();
  }

  #failed(error: unknown): void {
    if (this.#state === "over") return;
    this.#state = "over";
    this.#controller?.error(error);
    this.#sink.fail(error);
  }
}
