import type { DecodedSourceMap, SourceMapSegment } from "magic-string";
import { SourceText } from "../source-text.js";

/** Line ends of JavaScript that magic-string does not count: https://tc39.es/ecma262/#sec-line-terminators */
const OTHER_LINE_END = /\r(?!\n)|[\u2028\u2029]/;

export function hasOtherLineEnds(source: string): boolean {
  return OTHER_LINE_END.test(source);
}

/** A map in which a line ends at a line feed only, for engines and compilers, which count the other line ends too. */
export function withAllLineEnds<Decoded extends Pick<DecodedSourceMap, "mappings">>(
  map: Decoded,
  generated: string,
  source: string,
): Decoded {
  const placeIn = (text: string) => {
    const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const places = new SourceText(text);
    return (line: number, column: number) => places.place((starts[line] ?? 0) + column);
  };
  const placeInGenerated = placeIn(generated);
  const placeInSource = placeIn(source);
  const mappings: SourceMapSegment[][] = [];
  for (const [line, segments] of map.mappings.entries()) {
    for (const [column, file, originalLine, originalColumn] of segments) {
      if (file === undefined || originalLine === undefined || originalColumn === undefined) continue;
      const at = placeInGenerated(line, column);
      const original = placeInSource(originalLine, originalColumn);
      for (let next = mappings.length; next < at.line; next++) mappings.push([]);
      mappings[at.line - 1]?.push([at.column - 1, file, original.line - 1, original.column - 1]);
    }
  }
  return { ...map, mappings };
}
