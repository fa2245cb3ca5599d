import { describe, expect, test } from "vitest";
import { instrument } from "../src/index.js";
import { checkedInstrument, codes } from "./checked-instrument.js";

const messages = (source: string, options = {}) =>
  checkedInstrument(source, options).diagnostics.map(({ message, hint }) => `${message} ${hint}`);

describe("a name that is declared nowhere in sight", () => {
  test("is an error at its place, with what was probably meant, and its function is left alone", () => {
    const source =
      "/**\n * @llmobs task\n *   metadata={{ a: 1,\n *     b: tenat.id }}\n */\nexport function f(tenant: any) {}\n";
    const result = checkedInstrument(source);
    expect(result.diagnostics).toMatchObject([
      { code: "LLMOBS1040", severity: "error", line: 4, column: 11, length: 5, hint: "Did you mean `tenant`?" },
    ]);
    expect(result.code).toBe(source);
  });

  test("costs its own site only", () => {
    const source =
      "/** @llmobs task metadata={{ gone }} */ export function f() {}\n/** @llmobs task */ export function g() {}";
    expect(checkedInstrument(source).sites.map(({ name }) => name)).toEqual(["g"]);
  });

  test.each([
    ["const tenants = 1; /** @llmobs task tags={{ a: tenant }} */ function f() {}", "Did you mean `tenants`?"],
    ["/** @llmobs task output={reslt.text} */ function f() {}", "Did you mean `result`?"],
    ["class Bot { /** @llmobs task tags={{ a: bott }} */ f() {} }", "Did you mean `Bot`?"],
    [
      "/** @llmobs task tags={{ a: everything }} */ function f() {}",
      "Declare it, or write /* global everything */ in the file if it is there at run time.",
    ],
  ])("%s", (source, hint) => {
    expect(messages(source)).toEqual([expect.stringContaining(hint)]);
  });

  test("is said once an attribute", () => {
    const source = "/** @llmobs task metadata={{ a: gone, b: gone.b }} tags={{ c: gone }} */ function f() {}";
    expect(codes(checkedInstrument(source))).toEqual(["1:33 LLMOBS1040", "1:63 LLMOBS1040"]);
  });

  test.each([
    [
      "a variable of another function",
      "function g() { const seen = 1 } /** @llmobs task tags={{ seen }} */ function f() {}",
    ],
    ["a variable of a block", "{ let seen = 1 } /** @llmobs task tags={{ seen }} */ function f() {}"],
    ["a parameter of another function", "const g = (seen) => 1; /** @llmobs task tags={{ seen }} */ function f() {}"],
    ["a member", "class C { seen = 1; /** @llmobs task tags={{ seen }} */ f() {} }"],
    ["a member of an enum", "enum E { seen } /** @llmobs task tags={{ seen }} */ function f() {}"],
    ["a key", "const o = { seen: 1 }; /** @llmobs task tags={{ seen }} */ function f() {}"],
    ["a label", "seen: for (;;) break seen; /** @llmobs task tags={{ seen }} */ function f() {}"],
    ["a name of another module", "export { seen } from './x'; /** @llmobs task tags={{ seen }} */ function f() {}"],
    ["a name inside the expression", "/** @llmobs task tags={{ a: [1].map((seen) => 1), seen }} */ function f() {}"],
    ["a component of JSX", "/** @llmobs task tags={{ a: <Seen /> }} */ function f() {}", "/project/a.tsx"],
    [
      "arguments of a module",
      "/** @llmobs task tags={arguments} */ export const f = () => 1;",
      "/project/a.ts",
      "LLMOBS1043",
    ],
  ])("%s", (_, source, filename = "/project/a.ts", code = "LLMOBS1040") => {
    expect(checkedInstrument(source, { filename }).diagnostics).toMatchObject([{ code }]);
  });
});

describe("a name that is in sight is no fault", () => {
  const tag = "/** @llmobs task metadata={{ seen }} */";
  test.each([
    `${tag} function f(seen) {}`,
    `${tag} function f({ a: [seen = 1] }, ...rest) {}`,
    `${tag} function f(...seen) {}`,
    `${tag} function f(this: Bot, seen?: number) {}`,
    `${tag} const f = function seen() {};`,
    `${tag} function seen() {}`,
    `class seen { ${tag} m() {} }`,
    `const C = class seen { ${tag} m() {} };`,
    `class C { constructor(private seen: 1) { run(/** @llmobs task name="n" metadata={{ seen }} */ () => 1) } }`,
    `${tag} function f() {} import seen from "x";`,
    `${tag} function f() {} import { a as seen } from "x";`,
    `${tag} function f() {} import * as seen from "x";`,
    `${tag} function f() {} import seen = require("x");`,
    `${tag} function f() {} import seen = N.seen;`,
    `${tag} function f() {} export const seen = 1;`,
    `${tag} function f() {} export default class seen {}`,
    `${tag} function f() {} var [{ seen }] = [];`,
    `${tag} function f() {} if (x) { var seen = 1 }`,
    `${tag} function f() {} for (var seen of []);`,
    `${tag} function f() {} try {} catch { { function seen() {} } }`,
    `${tag} function f() {} declare const seen: number;`,
    `${tag} function f() {} declare function seen(): void;`,
    `${tag} function f() {} declare class seen {}`,
    `${tag} function f() {} declare namespace seen { const a: 1 }`,
    `${tag} function f() {} declare global { var seen: number } export {};`,
    `${tag} function f() {} enum seen { a }`,
    `${tag} function f() {} const enum seen { a }`,
    `${tag} function f() {} namespace seen { export const a = 1 }`,
    `${tag} function f() {} namespace seen.deeper { export const a = 1 }`,
    `namespace N { export const seen = 1; ${tag} export function f() {} }`,
    `namespace N { export const seen = 1 } namespace N { ${tag} export function f() {} }`,
    `namespace N.M { export const seen = 1 } namespace N { export namespace M { ${tag} export function f() {} } }`,
    `function outer(seen) { ${tag} function f() {} }`,
    `function outer() { ${tag} function f() {} const seen = 1; }`,
    `function outer() { { ${tag} function f() {} } if (x) { var seen = 1 } }`,
    `for (const seen of []) { ${tag} function f() {} }`,
    `for (let seen = 0; ; ) { ${tag} function f() {} }`,
    `try {} catch ({ seen }) { ${tag} function f() {} }`,
    `switch (x) { case 1: let seen = 1; case 2: ${tag} function f() {} }`,
    `class C { static { const seen = 1; ${tag} function f() {} } }`,
    `/* global seen */ ${tag} function f() {}`,
    `/* globals other, seen: readonly */ ${tag} function f() {}`,
    `${tag} function f() {} use(seen);`,
    `${tag} function f() {} function g() { return typeof seen }`,
    `${tag} function f(a: string): void; function f(seen: any) {}`,
  ])("%s", (source) => {
    expect(checkedInstrument(source).diagnostics).toEqual([]);
  });

  test("names of the language, Node, browsers and other environments, and constants of a build", () => {
    const names =
      "undefined, NaN, globalThis, JSON, process, Buffer, require, __dirname, fetch, window, document, self, Deno, Bun, __VERSION__, eval";
    expect(
      checkedInstrument(`/** @llmobs task metadata={{ list: [${names}] }} */ function f() {}`).diagnostics,
    ).toEqual([]);
  });

  test("names that the build says are there", () => {
    const source = "/** @llmobs task metadata={{ VERSION }} */ function f() {}";
    expect(codes(checkedInstrument(source))).toEqual(["1:30 LLMOBS1040"]);
    expect(checkedInstrument(source, { globals: ["VERSION"] }).diagnostics).toEqual([]);
  });

  test("anything in a `with` statement, and in a namespace that other scripts may add to", () => {
    const inWith = "with (o) { (/** @llmobs task name='n' metadata={{ seen }} */ () => 1)() }";
    const options = { filename: "/project/a.cjs", format: "commonjs" } as const;
    expect(instrument(inWith, options)).toMatchObject({ sites: [{ name: "n" }], diagnostics: [] });
    const script = `namespace N { ${tag} export function f() {} }`;
    expect(checkedInstrument(script).diagnostics).toEqual([]);
    expect(codes(checkedInstrument(`${script} export {};`))).toEqual(["1:44 LLMOBS1040"]);
  });

  test.each([
    "{{ a: ((x, { y = x }) => x + y)(1, {}) }}",
    "{{ a: (() => { let x = 1; { const y = x; } function z() { return z } class K { k = K } return z })() }}",
    "{{ a: (function own(n) { return n ? arguments.length : own })(1) }}",
    "{{ a: (() => { try { } catch (e) { return e } for (const i of [1]) return i })() }}",
    "{{ a: class K { #p = 1; m() { return this.#p + K.name } } }}",
    "{{ key: 1, 'b': 2, method() { return this }, get g() { return super.toString() } }}",
    "{{ a: a.member, b: a?.[a].member!, c: a as Type, d: a satisfies Type<Other>, e: new Map<Type, typeof Other>() }}",
    "{{ a: (<T,>(value: T): value is T => true)(1) }}",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    "{{ a: `${a} ${(a)}` }}",
  ])("names of the expression's own: %s", (value) => {
    expect(checkedInstrument(`/** @llmobs task metadata=${value} */ export function f(a: any) {}`).diagnostics).toEqual(
      [],
    );
  });
});

describe("a variable of the body", () => {
  test.each([
    "const text = 1;",
    "if (a) { let text = 1 }",
    "for (const text of a) {}",
    "try {} catch (text) {}",
    "var { b: { text } } = a;",
    "function text() {}",
    "class text {}",
  ])("%s", (body) => {
    const source = `/** @llmobs task output={text} */ async function f(a) { ${body} }`;
    expect(messages(source)).toEqual([expect.stringMatching(/^`text` in .* is a variable of the body.*annotate/)]);
  });

  test("of a function in the body is none", () => {
    const source = "/** @llmobs task output={text} */ function f() { return () => { const text = 1; } }";
    expect(codes(checkedInstrument(source))).toEqual(["1:26 LLMOBS1040"]);
  });

  test.each([
    [
      "hides a name from outside",
      "const text = 'a'; /** @llmobs task output={text} */ function f() { const text = 1 }",
    ],
    ["is called as something every program has", "/** @llmobs task output={URL} */ function f() { const URL = 1 }"],
  ])("that %s leaves that one in sight", (_, source) => {
    expect(checkedInstrument(source).diagnostics).toEqual([]);
  });

  test("is more likely meant than a global of browsers", () => {
    const source = "/** @llmobs task output={event} */ function f() { const event = 1 }";
    expect(codes(checkedInstrument(source))).toEqual(["1:26 LLMOBS1041"]);
  });
});

describe("a type is no value", () => {
  test.each([
    "import type { Model } from './x'; /** @llmobs task metadata={{ a: Model.a }} */ function f() {}",
    "import { type Model } from './x'; /** @llmobs task metadata={{ a: Model.a }} */ function f() {}",
    "import { a, type b as Model } from './x'; /** @llmobs task metadata={{ a: Model.a }} */ function f() {}",
    "import type Model from './x'; /** @llmobs task metadata={{ a: Model.a }} */ function f() {}",
    "import type * as Model from './x'; /** @llmobs task metadata={{ a: Model.a }} */ function f() {}",
    "import type Model = require('./x'); /** @llmobs task metadata={{ a: Model.a }} */ function f() {}",
    "interface Model {} /** @llmobs task metadata={{ a: Model.a }} */ function f() {}",
    "export type Model = 1; /** @llmobs task metadata={{ a: Model.a }} */ function f() {}",
    "namespace Model { export type A = 1 } /** @llmobs task metadata={{ a: Model.a }} */ function f() {}",
    "/** @llmobs task metadata={{ a: Model.a }} */ function f<Model>() {}",
    "class C<Model> { /** @llmobs task metadata={{ a: Model.a }} */ m() {} }",
    // The import hides the global one.
    "import type { Response } from './x'; /** @llmobs task metadata={{ a: Response.a }} */ function f() {}",
  ])("%s", (source) => {
    expect(checkedInstrument(source).diagnostics).toMatchObject([{ code: "LLMOBS1042", severity: "error" }]);
    expect(checkedInstrument(source).sites).toEqual([]);
  });

  test.each([
    "interface Model {} const Model = 1; /** @llmobs task metadata={{ a: Model }} */ function f() {}",
    "interface Response {} /** @llmobs task metadata={{ a: Response.name }} */ function f() {}",
    "const Model = 1; function outer<Model>() { /** @llmobs task metadata={{ a: Model }} */ function f() {} }",
    "import type { Model } from './x'; /** @llmobs task metadata={{ a: 1 as Model }} */ function f() {}",
    "/** @llmobs task metadata={{ T }} */ function f<T>(T: T) {}",
  ])("a value beside it is: %s", (source) => {
    expect(checkedInstrument(source).diagnostics).toEqual([]);
  });
});

describe("result", () => {
  test.each(["sessionId", "mlApp"])("is too late for %s", (attribute) => {
    const source = `/** @llmobs task ${attribute}={result.id} */ function f() {}`;
    expect(codes(checkedInstrument(source))).toEqual([`1:${20 + attribute.length} LLMOBS1044`]);
  });

  test.each([
    "name",
    "modelName",
    "modelProvider",
    "input",
    "output",
    "metadata",
    "metrics",
    "tags",
    "prompt",
    "toolDefinitions",
  ])("is in sight of %s", (attribute) => {
    const { code, diagnostics } = checkedInstrument(
      `/** @llmobs llm ${attribute}={result.id} */ export function f() {}`,
    );
    expect(diagnostics).toEqual([]);
    expect(code).toContain(`${attribute}: (result) => (result.id)`);
  });

  test("a setter has none", () => {
    expect(codes(checkedInstrument("class C { /** @llmobs task output={result} */ set x(v) {} }"))).toEqual([
      "1:36 LLMOBS1045",
    ]);
    expect(codes(checkedInstrument("const o = { /** @llmobs task output={result} */ set x(result) {} }"))).toEqual([
      "1:38 LLMOBS1045",
    ]);
  });

  test("wins over a parameter of that name, with a warning", () => {
    const result = checkedInstrument(
      "/** @llmobs task output={result.a} */ export function f(result: any) { return 1; }",
    );
    expect(result.diagnostics).toMatchObject([{ code: "LLMOBS1046", severity: "warning" }]);
    expect(result.code).toContain("output: (result) => (result.a)");
  });

  test("wins over a variable of that name, in the body and around it", () => {
    const { code, diagnostics } = checkedInstrument(
      "const result = 1; /** @llmobs task output={result.a} */ export function f() { const result = 2; return result; }",
    );
    expect([diagnostics, code.includes("output: (result) => (result.a)")]).toEqual([[], true]);
  });

  test("of the expression's own function is that one", () => {
    const { code } = checkedInstrument(
      "/** @llmobs task tags={{ a: ((result) => result)(1) }} */ export function f() {}",
    );
    expect(code).toContain("tags: () =>");
  });
});

describe("what depends on the place", () => {
  test.each([
    [
      "this in an arrow function of a module",
      "/** @llmobs task tags={{ a: this.a }} */ export const f = () => 1;",
      "1:29",
    ],
    [
      "arguments in a class field",
      "class C { /** @llmobs task tags={{ n: arguments.length }} */ f = () => 1 }",
      "1:39",
    ],
    [
      "arguments in a static block",
      "class C { static { (/** @llmobs task name='n' tags={{ n: arguments.length }} */ () => 1)() } }",
      "1:58",
    ],
  ])("%s", (_, source, place) => {
    const result = checkedInstrument(source);
    expect(codes(result)).toEqual([`${place} LLMOBS1043`]);
    expect(result.code).toBe(source);
  });

  test.each([
    "/** @llmobs task tags={{ a: this.a, n: arguments.length }} */ export function f() {}",
    "class C { /** @llmobs task tags={{ a: this.a }} */ f = () => 1 }",
    "class C { static { (/** @llmobs task name='n' tags={{ a: this.a }} */ () => 1)() } }",
    "export function f() { return /** @llmobs task name='n' tags={{ a: this.a, n: arguments.length }} */ () => 1 }",
    "/** @llmobs task tags={{ a: (function () { return this })() }} */ export const f = () => 1;",
  ])("right in its place: %s", (source) => {
    expect(checkedInstrument(source).diagnostics).toEqual([]);
  });

  test("a CommonJS file has both", () => {
    const source = "/** @llmobs task tags={{ a: this.a, n: arguments.length }} */ exports.f = () => 1;";
    expect(checkedInstrument(source, { filename: "/project/a.cjs" }).diagnostics).toEqual([
      expect.objectContaining({ severity: "hint" }),
    ]);
  });
});
