import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, onTestFinished, test } from "vitest";

/** What docs/tags.md says of names that only tags use: a link to a name is a use of it. */
const SOURCE = `import { plain, linked } from "./values.js";
const plainLimit = 1;
const linkedLimit = 1;
/** @llmobs task metadata={{ plain, plainLimit }} tags={{ user }} */
export function unused(user: string) {}
/**
 * Reads {@link linked}, up to {@link linkedLimit}, for {@link person}.
 * @llmobs task metadata={{ linked, linkedLimit }} tags={{ person, id: _id }}
 */
export function used(person: string, _id: string) {}
`;
const VALUES = "export const plain = 1, linked = 2;\n";

const BIOME = fileURLToPath(new URL("../../node_modules/@biomejs/biome/bin/biome", import.meta.url));
const RULES = { noUnusedImports: "error", noUnusedVariables: "error", noUnusedFunctionParameters: "error" };

function folder(files: Readonly<Record<string, string>>): string {
  const made = mkdtempSync(join(tmpdir(), "llmobs-unused-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
  return made;
}

test("TypeScript's noUnusedLocals and noUnusedParameters", () => {
  const at = folder({ "app.ts": SOURCE, "values.ts": VALUES });
  const options: ts.CompilerOptions = {
    noUnusedLocals: true,
    noUnusedParameters: true,
    module: ts.ModuleKind.NodeNext,
    noLib: true,
    types: [],
  };
  const program = ts.createProgram([join(at, "app.ts")], options);
  const unused = ts
    .getPreEmitDiagnostics(program)
    .filter(({ code }) => code === 6133)
    .map(({ messageText }) => /'(.*)'/.exec(String(messageText))?.[1]);
  expect(unused).toEqual(["plain", "plainLimit", "user"]);
});

test("Biome's rules: a link helps imports, an underscore parameters", async () => {
  const configuration = { root: true, linter: { rules: { recommended: false, correctness: RULES } } };
  const at = folder({ "app.ts": SOURCE, "values.ts": VALUES, "biome.json": JSON.stringify(configuration) });
  const report = await new Promise<string>((done) => {
    execFile(process.execPath, [BIOME, "lint", "--reporter=json", "app.ts"], { cwd: at }, (_, stdout) => done(stdout));
  });
  const {
    diagnostics,
  }: { diagnostics: { category: string; location: { start: { line: number; column: number } } }[] } =
    JSON.parse(report);
  const places = diagnostics.map(
    ({ category, location }) => `${category.replace(/.*\//, "")} ${location.start.line}:${location.start.column}`,
  );
  expect(places.sort()).toEqual([
    "noUnusedFunctionParameters 10:22",
    "noUnusedFunctionParameters 5:24",
    "noUnusedImports 1:10",
    "noUnusedVariables 2:7",
    "noUnusedVariables 3:7",
  ]);
});
