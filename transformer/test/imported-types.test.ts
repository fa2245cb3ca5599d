import { expect, test } from "vitest";
import { type InstrumentOptions, instrument } from "../src/index.js";

const tag = "/** @llmobs task metadata={{ a: Name.a }} */ export function f() {}";

/** Codes of what is said of `main.ts`; its imports lead to the given files. */
function said(main: string, files: Readonly<Record<string, string>>, options: Partial<InstrumentOptions> = {}) {
  const read: string[] = [];
  const { diagnostics } = instrument(`${main}\n${tag}`, {
    filename: "main.ts",
    readImport: (specifier) => {
      read.push(specifier);
      const source = files[specifier];
      return source === undefined ? undefined : { filename: `${specifier}.ts`, source };
    },
    ...options,
  });
  return { codes: diagnostics.map(({ code }) => code), read };
}

test.each([
  ["import { Name } from 'a';", { a: "export interface Name {}" }],
  ["import { Name } from 'a';", { a: "export type Name = 1;" }],
  ["import { Name } from 'a';", { a: "interface Name {} export { Name };" }],
  ["import { Name } from 'a';", { a: "interface Other {} export { Other as Name };" }],
  ["import { Name } from 'a';", { a: "class Name {} export type { Name };" }],
  ["import { Name } from 'a';", { a: "class Name {} export { type Name };" }],
  ["import { Name } from 'a';", { a: "export namespace Name { export type A = 1 }" }],
  ["import { Other as Name } from 'a';", { a: "export interface Other {} export const Name = 1;" }],
  ["import Name from 'a';", { a: "export default interface Name {}" }],
  ["import Name from 'a';", { a: "interface Name {} export default Name;" }],
  [
    "import { Name } from 'a';",
    { a: "export { Name } from 'b';", b: "export { Other as Name } from 'c';", c: "export type Other = 1;" },
  ],
  ["import { Name } from 'a';", { a: "import { Name } from 'b'; export { Name };", b: "export type Name = 1;" }],
  ["import { Name } from 'a';", { a: "import type { Name } from 'b'; export { Name };" }],
  [
    "import { Name } from 'a';",
    { a: "export * from 'b'; export * from 'c';", b: "export const x = 1;", c: "export type Name = 1;" },
  ],
  ["import { Name } from 'a'; let x: Name;", { a: "export interface Name {}" }],
])("%s of %j is a type", (main, files) => {
  expect(said(main, files).codes).toEqual(["LLMOBS1042"]);
});

test.each([
  ["import { Name } from 'a';", { a: "export const Name = 1;" }],
  ["import { Name } from 'a';", { a: "export class Name {}" }],
  ["import { Name } from 'a';", { a: "export const enum Name { a }" }],
  ["import { Name } from 'a';", { a: "export interface Name {} export const Name = 1;" }],
  ["import { Name } from 'a';", { a: "export namespace Name { export const a = 1 }" }],
  ["import { Name } from 'a';", { a: "export const { Name } = x;" }],
  ["import { Name } from 'a';", { a: "export { Name } from 'b';", b: "export { Name } from 'a';" }],
  ["import { Name } from 'a';", { a: "export * from 'a'; export * from 'gone';" }],
  ["import { Name } from 'a';", { a: "export = Name;" }],
  ["import { Name } from 'a';", { a: "does not ( parse" }],
  ["import Name from 'a';", { a: "export default class {}" }],
  ["import * as Name from 'a';", { a: "export interface Name {}" }],
  ["import { Name } from 'gone';", {}],
])("%s of %j is none, or not known to be one", (main, files) => {
  expect(said(main, files).codes).toEqual([]);
});

test("nothing is read for names that the code uses as values, or that are not imported", () => {
  const files = { a: "export interface Name {}" };
  expect(said("import { Name } from 'a'; use(Name);", files).read).toEqual([]);
  expect(said("const Name = 1;", files).read).toEqual([]);
  expect(said("import { other } from 'a'; import { Name } from 'b';", files).read).toEqual(["b"]);
});
