const TAG = /@llmobs(?=\s|\*\/|$)/;

/** Whether a parser need look at the text at all: `@llmobs` followed by white space or the end of a comment. */
export function mayHaveTag(source: string): boolean {
  return source.includes("@llmobs") && TAG.test(source);
}

/**
 * Whether the text is our own output, in whatever form a later compiler left it:
 * it loads the compiled entry of the runtime or has one of our site accessors.
 */
export function isInstrumented(source: string, runtime: string): boolean {
  return (
    source.includes(`"${runtime}"`) || source.includes(`'${runtime}'`) || /\bfunction _llmobs\d*_site\d+\(/.test(source)
  );
}
