import type { DecodedSourceMap, SourceMapSegment } from "magic-string";
import type { MovedPlace } from "../rewrite/called-at.js";
import { SourceText } from "../source-text.js";

/** Mappings as magic-string has them: by lines of the output, counted from 0. */
export type Mappings = DecodedSourceMap["mappings"];

/** Magic-string ends lines at line feeds only. */
const LINE_FEED = /\n/g;
const OTHER_LINE_END = /\r(?!\n)|[\u2028\u2029]/;

/** Maps each place of the source that stands for another one to that; no line has moved. */
export function movePlaces(mappings: Mappings, source: string, moved: readonly MovedPlace[]): void {
  if (moved.length === 0) return;
  const text = new SourceText(source, LINE_FEED);
  for (const { at, standsFor } of moved) {
    const { line, column } = text.place(at);
    const target = text.place(standsFor);
    for (const segment of mappings[line - 1] ?? []) {
      if (segment[2] !== line - 1 || segment[3] !== column - 1) continue;
      segment[2] = target.line - 1;
      segment[3] = target.column - 1;
    }
  }
}

/** The same mappings where all line ends of the language count, as they do for engines and compilers. */
export function withAllLineEnds(mappings: Mappings, generated: string, source: string): Mappings {
  if (!OTHER_LINE_END.test(source)) return mappings;
  const to = placeConverter(generated);
  const from = placeConverter(source);
  const counted: SourceMapSegment[][] = [];
  for (const [line, segments] of mappings.entries()) {
    for (const [column, file, originalLine, originalColumn] of segments) {
      if (file === undefined || originalLine === undefined || originalColumn === undefined) continue;
      const at = to(line, column);
      const original = from(originalLine, originalColumn);
      while (counted.length < at.line) counted.push([]);
      counted[at.line - 1]?.push([at.column - 1, file, original.line - 1, original.column - 1]);
    }
  }
  return counted;
}

function placeConverter(text: string) {
  const lineFeeds = new SourceText(text, LINE_FEED);
  const all = new SourceText(text);
  return (line: number, column: number) => all.place(lineFeeds.offset({ line: line + 1, column: column + 1 }));
}
