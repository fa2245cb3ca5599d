import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The names of the span files in a folder, oldest name first. */
export function spanFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .sort();
}

/** Every line of every span file, parsed; a torn line fails. */
export function readLines(folder: string): unknown[] {
  return spanFiles(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    if (!text.endsWith("\n")) throw new Error(`${name} does not end with a line's end`);
    return text
      .slice(0, -1)
      .split("\n")
      .map((line): unknown => JSON.parse(line));
  });
}

/** What a line looks like for a span made by `spanRecord(id)`. */
export function spanLine(id: number | string): unknown {
  return { v: 1, type: "span", event: { span_id: String(id) } };
}
