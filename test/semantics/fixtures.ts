import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

export type ModuleKind = "esm" | "cjs";

/** A program that exercises tagged functions and logs what it sees of them. */
export interface Fixture {
  readonly name: string;
  /** Relative to the fixtures folder: `arrows.ts`, or `import-cycle/main.ts` for one of several files. */
  readonly entry: string;
}

export const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));

const OUTPUT_EXTENSIONS: Readonly<Record<string, string>> = {
  ".ts": ".js",
  ".tsx": ".js",
  ".js": ".js",
  ".jsx": ".js",
  ".mts": ".mjs",
  ".mjs": ".mjs",
  ".cts": ".cjs",
  ".cjs": ".cjs",
};

/** Every source file, relative to the fixtures folder; with a kind those that can be such modules. */
export function sourceFiles(kind?: ModuleKind): readonly string[] {
  return readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => extname(file) in OUTPUT_EXTENSIONS && (kind === undefined || canBe(kind, file)))
    .sort();
}

/** A file at the top is a fixture; of a folder, its `main`. `support` is what they share. */
export function findFixtures(kind?: ModuleKind): readonly Fixture[] {
  return sourceFiles(kind)
    .filter((file) => (file.includes("/") ? /^[^/]+\/main\./.test(file) : !file.startsWith("support.")))
    .map((entry) => ({ name: fixtureOf(entry), entry }));
}

/** The fixture that a source file belongs to. */
export function fixtureOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.indexOf("/")) : file;
}

export function outputFile(folder: string, file: string): string {
  const extension = extname(file);
  return join(folder, file.slice(0, -extension.length) + OUTPUT_EXTENSIONS[extension]);
}

function canBe(kind: ModuleKind, file: string): boolean {
  return kind === "esm" ? !/\.c[jt]s$|\.commonjs\.js$/.test(file) : !/\.m[jt]s$/.test(file);
}
