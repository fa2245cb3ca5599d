import { readFileSync } from "node:fs";

export interface Snippet {
  readonly file: string;
  readonly text: string;
}

/** The code blocks of a page that name a file: they can be run as they stand. */
export function snippets(page: URL): readonly Snippet[] {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(/^```ts file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, file = "", content = ""]) => ({
    file,
    text: content,
  }));
}
