import { property } from "./own-property.js";

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
): { readonly result: unknown } | undefined {
  if (!(stream instanceof ReadableStream) || property(ReadableStream.prototype, key) === undefined) return undefined;
  const source = new Source(stream);
  const result: unknown = Reflect.apply(ReadableStream.prototype[key], source.readable, [...values]);
  // Wrong arguments are refused as by the stream itself, which stays as it was.
  if (source.readable.locked) source.open(result);
  return { result };
}

class Source {
  readonly readable: ReadableStream<unknown>;
  readonly #stream: ReadableStream<unknown>;
  #reader: ReadableStreamDefaultReader<unknown> | undefined;
  #controller: ReadableStreamDefaultController<unknown> | undefined;
  #pulling = false;
  /** The stream has no more, or the pipe wants no more. */
  #over = false;

  constructor(stream: ReadableStream<unknown>) {
    this.#stream = stream;
    this.readable = new ReadableStream<unknown>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#pull(),
        cancel: (reason) => {
          this.#over = true;
          return this.#reader?.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }

  open(result: unknown): void {
    const reader = this.#stream.getReader();
    this.#reader = reader;
    // A pipe sees the end of its stream before it asks for the next chunk.
    reader.closed.then(
      () => this.#closed(reader),
      (error: unknown) => this.#failed(reader, error),
    );
    // With `preventCancel` the stream outlives its pipe.
    if (!(result instanceof Promise)) return;
    const release = () => {
      this.#over = true;
      reader.releaseLock();
    };
    result.then(release, release);
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    const result = await this.#reader?.read();
    this.#pulling = false;
    if (result !== undefined && !result.done) this.#controller?.enqueue(result.value);
    if (result?.done === true || this.#over) this.#controller?.close();
  }

  /** Comes before the last chunk does, when that was asked for already. */
  #closed(reader: ReadableStreamDefaultReader<unknown>): void {
    if (!this.#over && !this.#pulling) this.#controller?.close();
    this.#over = true;
    reader.releaseLock();
  }

  #failed(reader: ReadableStreamDefaultReader<unknown>, error: unknown): void {
    if (!this.#over) this.#controller?.error(error);
    this.#over = true;
    reader.releaseLock();
  }
}
