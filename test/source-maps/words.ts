import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import ts from "typescript";

/** A name or a keyword at its place. Lines count from 1, columns from 0 in UTF-16 units, as source maps have them. */
export interface Word {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A word of generated code with what stands where its map leads; undefined where no mapping begins with it. */
export interface MappedWord extends Word {
  readonly original: Word | undefined;
}

/** Every name and keyword of a program, in their order; none of comments, texts and JSX texts. */
export function wordsOf(text: string, filename: string): readonly Word[] {
  const file = ts.createSourceFile(filename, text, ts.ScriptTarget.Latest, true, scriptKind(filename));
  const words: Word[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    if (isWord(node)) {
      const start = node.getStart(file);
      const { line, character } = file.getLineAndCharacterOfPosition(start);
      if (start < node.end)
        words.push({
          text: ts.isIdentifier(node) ? ts.idText(node) : text.slice(start, node.end),
          line: line + 1,
          column: character,
        });
    } else {
      for (const child of node.getChildren(file)) visit(child);
    }
  };
  visit(file);
  return words;
}

function scriptKind(filename: string): ts.ScriptKind {
  if (filename.endsWith("x")) return filename.endsWith("tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.JSX;
  return filename.endsWith("js") ? ts.ScriptKind.JS : ts.ScriptKind.TS;
}

function isWord({ kind }: ts.Node): boolean {
  const { FirstKeyword, LastKeyword, Identifier, PrivateIdentifier } = ts.SyntaxKind;
  return kind === Identifier || kind === PrivateIdentifier || (kind >= FirstKeyword && kind <= LastKeyword);
}

export interface Output {
  readonly code: string;
  readonly map: unknown;
}

/** The words of generated code and where they come from, by its source map. */
export function mappedWords({ code, map }: Output, source: string, filename: string): readonly MappedWord[] {
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  const originals = new Map<string, Word>();
  eachMapping(new TraceMap(JSON.stringify(map)), ({ generatedLine, generatedColumn, originalLine, originalColumn }) => {
    if (originalLine === null || originalColumn === null) return;
    const [text = ""] = /^#?[\p{ID_Continue}$]*/u.exec(lines[originalLine - 1]?.slice(originalColumn) ?? "") ?? [];
    originals.set(`${generatedLine}:${generatedColumn}`, { text, line: originalLine, column: originalColumn });
  });
  return wordsOf(code, filename).map((word) => ({ ...word, original: originals.get(`${word.line}:${word.column}`) }));
}

/** How often each thing is there. */
export class Counts {
  readonly #counts = new Map<string, number>();

  constructor(items: Iterable<string>) {
    for (const item of items) this.#counts.set(item, (this.#counts.get(item) ?? 0) + 1);
  }

  /** Takes one away; false where none is left. */
  take(item: string): boolean {
    const count = this.#counts.get(item) ?? 0;
    if (count > 0) this.#counts.set(item, count - 1);
    return count > 0;
  }

  left(): readonly string[] {
    return [...this.#counts].flatMap(([item, count]) => (count === 0 ? [] : [`${count} × ${item}`]));
  }
}
