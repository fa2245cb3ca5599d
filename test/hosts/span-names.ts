import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names of the spans in a folder's files, in the order they ended; one line a span, so what is traced twice is there twice. */
export function spanNames(folder: string): readonly string[] {
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith(".ndjson"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
    .map((line): { type: string; event: { name: string } } => JSON.parse(line))
    .filter(({ type }) => type === "span")
    .map(({ event }) => event.name);
}
