import pc from "picocolors";

/** Whether a stream has colours: on a terminal only, and `NO_COLOR` and `FORCE_COLOR` have the last word (https://no-color.org). */
export function hasColours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const wanted = FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0";
  const refused = (NO_COLOR !== undefined && NO_COLOR !== "") || TERM === "dumb";
  return !refused && (wanted || stream.isTTY === true);
}

export function colours(stream: NodeJS.WriteStream): ReturnType<typeof pc.createColors> {
  return pc.createColors(hasColours(stream));
}

/** Text from a program or a model, safe to print: control and text-direction characters are shown, not obeyed. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (unit) =>
    unit === "\n" || unit === "\t" ? " " : `\\u{${(unit.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
