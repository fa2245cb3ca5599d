/** A place in a file. Lines and columns count from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Line ends of JavaScript: https://tc39.es/ecma262/#sec-line-terminators */
const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

/** The text of a file with its line starts, so that an offset becomes a place in O(log lines). */
export class SourceText {
  readonly text: string;
  readonly #lineStarts: number[] = [0];

  constructor(text: string, lineEnd = LINE_END) {
    this.text = text;
    for (const { index, 0: end } of text.matchAll(lineEnd)) this.#lineStarts.push(index + end.length);
  }

  offset({ line, column }: Place): number {
    return this.#lineStart(line - 1) + column - 1;
  }

  place(offset: number): Place {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lineStart(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#lineStart(low) + 1 };
  }

  /** The text of line `line` (from 1), without its line end. */
  line(line: number): string {
    const end = line < this.#lineStarts.length ? this.#lineStart(line) : this.text.length;
    return this.text.slice(this.#lineStart(line - 1), end).replace(/[\r\n\u2028\u2029]+$/, "");
  }

  #lineStart(index: number): number {
    return this.#lineStarts[index] ?? 0;
  }
}
