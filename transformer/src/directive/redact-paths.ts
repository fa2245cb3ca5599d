/** One path of `redact`, split at its dots: a key, `*` for one level, `**` for any number of them, none too. */
export interface RedactPath {
  readonly parts: readonly string[];
  /** As written, and where it stands in the attribute's text. */
  readonly text: string;
  readonly start: number;
}

export interface RedactFault {
  readonly text: string;
  readonly start: number;
  readonly reason: string;
}

/** The paths of a `redact` attribute, and what is wrong with those that are none. */
export function parseRedactPaths(text: string): {
  readonly paths: readonly RedactPath[];
  readonly faults: readonly RedactFault[];
} {
  const paths: RedactPath[] = [];
  const faults: RedactFault[] = [];
  for (const { 0: between, index } of text.matchAll(/(?<=^|,)[^,]*/g)) {
    const written = between.trim();
    const start = index + Math.max(between.search(/\S/), 0);
    const parts = written.split(".");
    const reason = written === "" ? "it is empty" : parts.map(faultOf).find((fault) => fault !== undefined);
    if (reason === undefined) paths.push({ parts, text: written, start });
    else faults.push({ text: written, start, reason });
  }
  return { paths, faults };
}

function faultOf(part: string): string | undefined {
  if (part === "") return "a part between its dots is empty";
  if (part === "*" || part === "**") return undefined;
  if (/[[\]]/.test(part)) return "an element of a list is a part of its own: items.0, or items.* for all";
  if (part.includes("*")) return "* and ** stand for whole parts";
  if (/\s/.test(part)) return "there is white space in it";
  return /["'`{}()]/.test(part) ? "a part is a key as it is, without quotes" : undefined;
}
