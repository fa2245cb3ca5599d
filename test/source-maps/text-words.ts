import { type MappedWord, mappedWords, type Output, type Word, wordsOf } from "./words.js";

/** What is wrong with the map of `instrument()`, and the words that it added itself. */
export interface TextWords {
  readonly faults: readonly string[];
  readonly added: readonly string[];
}

/**
 * The text printer leaves every word of the author's in its line and maps it to itself: in their order all mapped
 * words of the output are the words of the source. Only a generator's `arguments` have another name in its body.
 */
export function checkTextWords(source: string, output: Output, filename: string): TextWords {
  const words = mappedWords(output, source, filename);
  const mapped = words.filter(({ original }) => original !== undefined);
  const authors = wordsOf(source, filename);
  const faults = authors.flatMap((word, index) => {
    const found = mapped[index];
    return found !== undefined && isSame(word, found) ? [] : [`${shown(word)} became ${shown(found)}`];
  });
  const more = mapped.slice(authors.length).map((word) => `${shown(word)} is mapped`);
  return {
    faults: [...faults, ...more],
    added: words.flatMap(({ text, original }) => (original === undefined ? [text] : [])),
  };
}

function isSame(author: Word, { text, line, original }: MappedWord): boolean {
  return (
    original?.line === author.line &&
    original.column === author.column &&
    line === author.line &&
    (text === author.text || withoutLent(text) === author.text)
  );
}

/** A word as the author wrote it: `_llmobs_arguments` stands for `arguments`. */
export function withoutLent(generated: string): string {
  return generated.replace(/^_llmobs\d*_(?=arguments$)/, "");
}

function shown(word: Word | MappedWord | undefined): string {
  if (word === undefined) return "nothing";
  const from =
    "original" in word && word.original
      ? ` from ${word.original.text}@${word.original.line}:${word.original.column}`
      : "";
  return `${word.text}@${word.line}:${word.column}${from}`;
}
