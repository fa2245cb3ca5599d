import { join } from "node:path";
import llmobs from "@llmobs/transformer/typescript";
import ts from "typescript";
import { expect, test } from "vitest";
import { workspaceFolder } from "./workspace-folder.js";

/** What the transformer says of `main.ts`, as TypeScript's diagnostics, and its output. */
function emit(files: Readonly<Record<string, string>>, options: ts.CompilerOptions = {}) {
  const folder = workspaceFolder(files);
  const roots = Object.keys(files).map((file) => join(folder, file));
  const program = ts.createProgram(roots, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noLib: true,
    types: [],
    outDir: folder,
    ...options,
  });
  const said: string[] = [];
  const addDiagnostic = ({ start = 0, messageText }: ts.Diagnostic) => said.push(`${start} ${String(messageText)}`);
  let output = "";
  const write: ts.WriteFileCallback = (file, text) => {
    if (file.endsWith("main.js")) output = text;
  };
  const before = [llmobs(program, { root: folder, strict: true }, { ts, addDiagnostic })];
  program.emit(undefined, write, undefined, false, { before });
  return { said, output };
}

const tag = "/** @llmobs task metadata={{ a: Name }} */ export function f() {}\n";

test.each([
  ["an interface", 'import { Name } from "./other.js";', "export interface Name {}"],
  ["a type", 'import { Name } from "./other.js";', "export type Name = 1;"],
  ["a type under another name", 'import { Other as Name } from "./other.js";', "export type Other = 1;"],
  ["a default that is a type", 'import Name from "./other.js";', "interface Name {} export default Name;"],
  ["a class exported as a type", 'import { Name } from "./other.js";', "class Name {} export type { Name };"],
  ["a namespace of types", 'import { Name } from "./other.js";', "export namespace Name { export type A = 1 }"],
])("an import that the checker knows to be %s is no value", (_, head, other) => {
  const { said, output } = emit({ "main.ts": `${head}\n${tag}`, "other.ts": other });
  expect(said).toEqual([expect.stringMatching(/^\d+ LLMOBS1042 `Name` in the expression of `metadata` is a type/)]);
  expect(output).not.toContain("_llmobs");
});

test.each([
  ["a class", 'import { Name } from "./other.js";', "export class Name {}"],
  ["a const enum", 'import { Name } from "./other.js";', "export const enum Name { A }"],
  ["an interface and a value", 'import { Name } from "./other.js";', "export interface Name {} export const Name = 1;"],
  ["exported on", 'import { Name } from "./other.js";', 'export { Name } from "./third.js";'],
  ["a namespace import", 'import * as Name from "./other.js";', "export const a = 1;"],
  ["not to be found", 'import { Name } from "elsewhere";', ""],
])("an import that is %s is a value", (_, head, other) => {
  const files = { "main.ts": `${head}\n${tag}`, "other.ts": other, "third.ts": "export const Name = 1;" };
  const { said, output } = emit(files);
  expect(said).toEqual([]);
  expect(output).toContain("_llmobs");
});

test("a global that another file declares is in sight", () => {
  const main = `export {};\n${tag}`;
  expect(emit({ "main.ts": main, "globals.d.ts": "declare const Name: string;" }).said).toEqual([]);
  expect(emit({ "main.ts": main, "globals.d.ts": "interface Name {}" }).said).toEqual([
    expect.stringContaining("LLMOBS1040 `Name` in the expression of `metadata` is declared nowhere in sight"),
  ]);
  expect(emit({ "main.ts": main, "script.ts": "var Name = 1;" }).said).toEqual([]);
});

test("what every environment has is in sight, whatever declarations are loaded", () => {
  const source = "/** @llmobs task metadata={{ a: process.pid, b: window, c: JSON }} */ export function f() {}\n";
  expect(emit({ "main.ts": source }).said).toEqual([]);
});
