import { readFile, stat } from "node:fs/promises";

/** What a codemod reads, or why it leaves the file alone. */
export type SourceFile = { readonly text: string } | { readonly skipped: string };

/** Beyond this a file was written by a program, and a diff of it by nobody. */
const MOST_BYTES = 5 * 1024 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads text that comes back byte for byte when it is written again: a byte order mark stays, other encodings are refused. */
export async function readSource(file: string): Promise<SourceFile> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) return { skipped: `it has ${Math.round(size / 1024 / 1024)} MB` };
    const text = decoder.decode(await readFile(file));
    return text.includes("\0") ? { skipped: "it is binary" } : { text };
  } catch (error) {
    if (error instanceof TypeError) return { skipped: "it is not UTF-8" };
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return { skipped: `it cannot be read (${code})` };
  }
}
