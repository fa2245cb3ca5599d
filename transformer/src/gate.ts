const TAG = /@llmobs(?=\s|\*\/|$)/;

/** Whether a parser need look at the text at all: `@llmobs` followed by white space or the end of a comment. */
export function mayHaveTag(source: string): boolean {
  return source.includes("@llmobs") && TAG.test(source);
}
