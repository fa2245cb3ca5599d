/** Reads the bytes of a stream as UTF-8, a character that two chunks share too, as long as that is what they are. */
export class ByteText {
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  #isText = true;
  #length = 0;
  #chunks = 0;

  /** False once something has passed that is no text. */
  get isText(): boolean {
    return this.#isText;
  }

  /** What stands for bytes that are no text, as an image or sound. */
  get description(): string {
    return `[${this.#length} bytes in ${this.#chunks} chunks]`;
  }

  /** The text of the next chunk; undefined for bytes that are none. */
  read(bytes: Uint8Array): string | undefined {
    this.#length += bytes.byteLength;
    this.#chunks++;
    if (!this.#isText) return undefined;
    try {
      this.#decoder ??= new TextDecoder("utf-8", { fatal: true });
      const text = this.#decoder.decode(bytes, { stream: true });
      // Silence in a sound is valid UTF-8 too.
      if (!text.includes("\0")) return text;
    } catch {
      // As said.
    }
    this.#isText = false;
    return undefined;
  }
}
