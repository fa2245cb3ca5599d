import { withoutLent } from "./text-words.js";
import { Counts, type MappedWord } from "./words.js";

/** Names, and the keywords that stack traces and breakpoints stand on. Where others are mapped is a compiler's taste. */
const COMPARED = /^(?!(?:as|async|const|export|extends|from|function|import|let|null|static|var)$)/;

/** A compiler's own names for what it imports: `values_1.x`, `import_values.x`, `__toESM(require("x"))`. */
const OF_IMPORTS = /^(?:__\w+|require|import_\w+|\w+_\d+)$/;

export interface Compiled {
  /** The output of the compiler alone, and with the program instrumented. */
  readonly plain: readonly MappedWord[];
  readonly instrumented: readonly MappedWord[];
  /** Words that instrumenting puts into the file, and what the compiler adds for them. */
  readonly added: readonly string[];
  /** Names that a tag alone uses, and the compiler prints as it likes: `values_1.x`, `Inside.x`. */
  readonly namesForTags: ReadonlySet<string>;
}

/**
 * What is wrong with the map of an instrumented program that a compiler printed. Every word of the author's that
 * the compiler maps to itself without us must be mapped to itself with us. All others are the compiler's own, the
 * same as without us, or ours, and then there are only as many as were put in.
 */
export function checkCompiledWords({ plain, instrumented, added, namesForTags }: Compiled): readonly string[] {
  const found = new Set(instrumented.filter(isAuthors).map(placeOf));
  const lost = plain.filter((word) => COMPARED.test(word.text) && isAuthors(word) && !found.has(placeOf(word)));

  const compilers = plain.filter((word) => !isAuthors(word));
  const placed = new Counts(compilers.map(keyOf));
  const anywhere = new Counts(compilers.map(({ text }) => text));
  const ours = new Counts(added);
  const wrong = instrumented.filter((word, index) => {
    const { text, original } = word;
    if (!COMPARED.test(text) || isAuthors(word) || isExpandedKey(word, instrumented[index + 1])) return false;
    if (placed.take(keyOf(word)) || (original === undefined && anywhere.take(text))) return false;
    if (ours.take(text) || ours.take(withoutNumber(text))) return false;
    const isOfImport = original === undefined || OF_IMPORTS.test(text);
    return !(namesForTags.has(withoutNumber(text)) || (namesForTags.size > 0 && isOfImport));
  });
  return [...lost.map((word) => `${placeOf(word)} is lost`), ...wrong.map((word) => `${keyOf(word)} is wrong`)];
}

/** Whether it is the key of `{ name: name2 }`, which was `{ name }`. */
function isExpandedKey({ text, line, column }: MappedWord, next: MappedWord | undefined): boolean {
  return (
    next?.line === line &&
    next.column === column + text.length + ": ".length &&
    next.text !== text &&
    withoutNumber(next.text) === text
  );
}

/** Whether a word stands for itself: the same, but for `arguments` and for a number that a compiler puts behind. */
function isAuthors({ text, original }: MappedWord): boolean {
  if (original === undefined || original.text === "") return false;
  return text === original.text || withoutLent(text) === original.text || withoutNumber(text) === original.text;
}

function withoutNumber(text: string): string {
  return text.replace(/\d+$/, "");
}

function placeOf({ original }: MappedWord): string {
  return `${original?.text}@${original?.line}:${original?.column}`;
}

function keyOf(word: MappedWord): string {
  return word.original === undefined ? word.text : `${word.text}@${word.original.line}:${word.original.column}`;
}
