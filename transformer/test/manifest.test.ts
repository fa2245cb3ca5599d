import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { createManifest, instrument, type Manifest, type ModuleOutline } from "../src/index.js";
import { outlineSource } from "../src/manifest/outline-module.js";

type Files = Readonly<Record<string, string>>;

/** The manifest of some files, which find one another by relative specifiers without extension. */
function manifestOf(files: Files, root = "/project"): Manifest {
  const outlines = new Map<string, ModuleOutline>();
  const traced: ModuleOutline[] = [];
  for (const [file, source] of Object.entries(files)) {
    const { outline } = instrument(source, { filename: `${root}/${file}`, root, outline: true });
    if (outline !== undefined) traced.push(outline);
    const known = outline ?? outlineSource(source, `${root}/${file}`, root);
    if (known !== undefined) outlines.set(file, known);
  }
  return createManifest(traced, (specifier, importer) => {
    const path = posix.join(posix.dirname(importer), specifier);
    return [".ts", ".js", ".cts", "/index.ts"].flatMap((end) => outlines.get(path + end) ?? [])[0];
  });
}

/** Who calls whom, by name. */
function calls(files: Files | string): Readonly<Record<string, readonly string[]>> {
  const { sites } = manifestOf(typeof files === "string" ? { "a.ts": files } : files);
  const names = new Map(sites.map(({ id, name }) => [id, name]));
  return Object.fromEntries(
    sites
      .filter(({ callees }) => callees.length > 0)
      .map(({ name, callees }) => [name, callees.map((id) => names.get(id) ?? id)]),
  );
}

const T = "/** @llmobs task */";

describe("who calls whom in one file", () => {
  test.each([
    ["a function declared later", `${T} function a() { b(); } ${T} function b() {}`, { a: ["b"] }],
    [
      "in the order of the calls",
      `${T} function a() { c(); b(); c(); } ${T} function b() {} ${T} function c() {}`,
      { a: ["c", "b"] },
    ],
    [
      "arguments before their call",
      `${T} function a() { c(b()).d(); b(); } ${T} function b() {} ${T} function c() {}`,
      { a: ["b", "c"] },
    ],
    ["itself", `${T} function a(n) { return n && a(n - 1); }`, { a: ["a"] }],
    ["one another", `${T} function a() { b(); } ${T} function b() { a(); }`, { a: ["b"], b: ["a"] }],
    [
      "arrows and expressions",
      `${T} const a = () => b(); ${T} const b = async function () { await c(); }; ${T} let c = () => 1;`,
      { a: ["b"], b: ["c"] },
    ],
    [
      "in callbacks",
      `${T} async function a(list) { await Promise.all(list.map((each) => b(each))); } ${T} function b() {}`,
      { a: ["b"] },
    ],
    [
      "through functions that are not traced",
      `${T} function a() { plain(); } function plain() { other(); } const other = () => b(); ${T} function b() {}`,
      { a: ["b"] },
    ],
    [
      "not what another site calls",
      `${T} function a() { b(); } ${T} function b() { c(); } ${T} function c() {}`,
      { a: ["b"], b: ["c"] },
    ],
    [
      "a traced function inside when it is called",
      `${T} function a() { ${T} const b = () => c(); return b(); } ${T} function c() {}`,
      { a: ["b"], b: ["c"] },
    ],
    [
      "a traced function inside only then",
      `${T} function a() { return ${T} () => c(); } ${T} function c() {}`,
      { task: ["c"] },
    ],
    ["at once", `${T} function a() { (/** @llmobs tool name="b" */ () => {})(); }`, { a: ["b"] }],
    [
      "through parentheses, types and options",
      `${T} function a() { (b as any)!(); (0, b)(); b?.(); } ${T} function b() {}`,
      { a: ["b"] },
    ],
    [
      "call, apply and bind",
      `${T} function a() { b.call(1); c.apply(1); d.bind(1)(); } ${T} function b() {} ${T} function c() {} ${T} function d() {}`,
      { a: ["b", "c", "d"] },
    ],
    ["a tagged template", `${T} function a() { return b\`x\`; } ${T} function b() {}`, { a: ["b"] }],
    ["in a default of a parameter", `${T} function a(x = b()) {} ${T} function b() {}`, { a: ["b"] }],
    ["in a generator", `${T} function* a() { yield* b(); } ${T} function* b() {}`, { a: ["b"] }],
    ["an alias", `${T} function b() {} const c = b; ${T} function a() { c(); }`, { a: ["b"] }],
    ["an overload", `${T} function a() { b(1); } ${T} function b(x: 1): void; function b(x: any) {}`, { a: ["b"] }],
    ["an assigned function", `let b; ${T} b = () => 1; ${T} function a() { b(); }`, { a: ["b"] }],
    [
      "a namespace",
      `namespace N { ${T} export function b() {} ${T} function c() { b(); } } ${T} function a() { N.b(); }`,
      { c: ["b"], a: ["b"] },
    ],
  ])("%s", (_, source, expected) => {
    expect(calls(source)).toEqual(expected);
  });

  test.each([
    ["a parameter of the name", `${T} function a(b) { b(); } ${T} function b() {}`],
    ["a variable of the name", `${T} function a() { const b = other(); b(); } ${T} function b() {}`],
    ["a destructured one", `${T} function a() { const [b] = other(); b(); } ${T} function b() {}`],
    ["a name of the catch clause", `${T} function a() { try {} catch (b) { b(); } } ${T} function b() {}`],
    ["a loop's name", `${T} function a(list) { for (const b of list) b(); } ${T} function b() {}`],
    ["one of several values", `let c = b; c = other; ${T} function a() { c(); } ${T} function b() {}`],
    ["a member of something unknown", `${T} function a(o) { o.b(); } ${T} function b() {}`],
    ["a computed member", `const o = { ${T} b() {} }; ${T} function a(name) { o[name](); }`],
    ["what a call gives", `${T} function a() { wrap(b)(); } ${T} function b() {}`],
    ["a mention", `${T} function a() { return b; } ${T} function b() {}`],
    ["names that mean each other", `const b = c; const c = b; ${T} function a() { b(); }`],
  ])("not %s", (_, source) => {
    expect(calls(source)).toEqual({});
  });
});

describe("classes and objects", () => {
  test.each([
    [
      "this",
      `class C { ${T} a() { this.b(); this.#c(); this.d(); } ${T} b() {} ${T} #c() {} ${T} d = () => 1; }`,
      { a: ["b", "#c", "d"] },
    ],
    ["this in an arrow", `class C { ${T} a() { return [1].map(() => this.b()); } ${T} b() {} }`, { a: ["b"] }],
    ["this of another function is not", `class C { ${T} a() { return function () { this.b(); }; } ${T} b() {} }`, {}],
    ["static", `class C { ${T} static a() { this.b(); C.b(); } ${T} static b() {} ${T} b() {} }`, { a: ["b"] }],
    ["static is not the instance's", `class C { ${T} a() { this.b(); } ${T} static b() {} }`, {}],
    [
      "an instance",
      `class C { ${T} b() {} } const c = new C(); ${T} function a() { c.b(); new C().b(); }`,
      { a: ["b"] },
    ],
    ["inherited", `class B { ${T} b() {} } class C extends B { ${T} a() { this.b(); } }`, { a: ["b"] }],
    [
      "overridden and super",
      `class B { ${T} b() {} } class C extends B { /** @llmobs task name="own" */ b() { super.b(); } ${T} a() { this.b(); } }`,
      { own: ["b"], a: ["own"] },
    ],
    ["super of an arrow", `class B { ${T} b() {} } class C extends B { ${T} a = () => super.b(); }`, { a: ["b"] }],
    ["a field's instance", `class S { ${T} b() {} } class C { #s = new S(); ${T} a() { this.#s.b(); } }`, { a: ["b"] }],
    ["a field's type", `class S { ${T} b() {} } class C { s: S; ${T} a() { this.s.b(); } }`, { a: ["b"] }],
    [
      "a field assigned in the constructor",
      `class S { ${T} b() {} } class C { constructor() { this.s = new S(); } ${T} a() { this.s.b(); } }`,
      { a: ["b"] },
    ],
    [
      "a parameter property",
      `class S { ${T} b() {} } class C { constructor(private readonly s: S) {} ${T} a() { this.s.b(); } }`,
      { a: ["b"] },
    ],
    ["a parameter's type", `class S { ${T} b() {} } ${T} function a(s: S) { s.b(); }`, { a: ["b"] }],
    [
      "a constructor's calls",
      `class S { constructor() { b(); } } class D extends S {} ${T} function b() {} ${T} function a() { new D(); }`,
      { a: ["b"] },
    ],
    [
      "a constructor's super",
      `class S { constructor() { b(); } } class D extends S { constructor() { super(); } } ${T} function b() {} ${T} function a() { new D(); }`,
      { a: ["b"] },
    ],
    ["a getter", `class C { ${T} get g() { return 1; } ${T} a() { return this.g; } }`, { a: ["get g"] }],
    ["a setter", `class C { ${T} set s(x) {} ${T} a() { this.s = 1; } }`, { a: ["set s"] }],
    [
      "an object",
      `const o = { ${T} b() { this.c(); }, ${T} c: () => 1, in: { ${T} d() {} } }; ${T} function a() { o.b(); o.in.d(); o["c"](); }`,
      { b: ["c"], a: ["b", "d", "c"] },
    ],
    ["a part of an object", `const { b: c } = { ${T} b() {} }; ${T} function a() { c(); }`, { a: ["b"] }],
    [
      "a spread object",
      `const o = { ${T} b() {} }; const p = { ...o, x: 1 }; ${T} function a() { p.b(); }`,
      { a: ["b"] },
    ],
    [
      "what is put on an object",
      `const o = {}; ${T} o.b = function () {}; ${T} function a() { o.b(); }`,
      { a: ["task"] },
    ],
    [
      "classes that hold each other",
      `class A { b = new B(); ${T} a() { this.b.a.b.run(); } } class B { a = new A(); ${T} run() {} }`,
      { a: ["run"] },
    ],
  ])("%s", (_, source, expected) => {
    expect(calls(source)).toEqual(expected);
  });
});

describe("across files", () => {
  const B = `${T} export function b() {}`;
  test.each<[string, Files, Readonly<Record<string, readonly string[]>>]>([
    ["a name", { "a.ts": `import { b } from "./b"; ${T} export function a() { b(); }`, "b.ts": B }, { a: ["b"] }],
    [
      "a renamed one",
      {
        "a.ts": `import { x as y } from "./b"; ${T} export function a() { y(); }`,
        "b.ts": `${T} function b() {} export { b as x };`,
      },
      { a: ["b"] },
    ],
    [
      "a namespace import",
      { "a.ts": `import * as m from "./b"; ${T} export function a() { m.b(); }`, "b.ts": B },
      { a: ["b"] },
    ],
    [
      "the default export",
      {
        "a.ts": `import b from "./b"; ${T} export function a() { b(); }`,
        "b.ts": `${T} export default async () => 1;`,
      },
      { a: ["default"] },
    ],
    [
      "a default that is named elsewhere",
      {
        "a.ts": `import b from "./b"; ${T} export function a() { b(); }`,
        "b.ts": `${T} function b() {} export default b;`,
      },
      { a: ["b"] },
    ],
    [
      "re-exports",
      {
        "a.ts": `import { c } from "./index"; ${T} export function a() { c(); }`,
        "index.ts": `export { b as c } from "./b";`,
        "b.ts": B,
      },
      { a: ["b"] },
    ],
    [
      "re-exports of all",
      {
        "a.ts": `import { b } from "./lib"; ${T} export function a() { b(); }`,
        "lib/index.ts": `export * from "./x"; export * from "../b";`,
        "lib/x.ts": "export const x = 1;",
        "b.ts": B,
      },
      { a: ["b"] },
    ],
    [
      "re-exports as a namespace",
      {
        "a.ts": `import { n } from "./index"; ${T} export function a() { n.b(); }`,
        "index.ts": `export * as n from "./b";`,
        "b.ts": B,
      },
      { a: ["b"] },
    ],
    [
      "re-exports of the default",
      {
        "a.ts": `import { b } from "./index"; ${T} export function a() { b(); }`,
        "index.ts": `export { default as b } from "./b";`,
        "b.ts": `${T} export default function b() {}`,
      },
      { a: ["b"] },
    ],
    [
      "imported, then exported",
      {
        "a.ts": `import { b } from "./index"; ${T} export function a() { b(); }`,
        "index.ts": `import { b } from "./b"; export { b };`,
        "b.ts": B,
      },
      { a: ["b"] },
    ],
    [
      "through a file without a tag",
      {
        "a.ts": `import { x } from "./x"; ${T} export function a() { x(); }`,
        "x.ts": `import { b } from "./b"; export const x = () => b();`,
        "b.ts": B,
      },
      { a: ["b"] },
    ],
    [
      "modules that export one another",
      {
        "a.ts": `import { b } from "./x"; ${T} export function a() { b(); }`,
        "x.ts": `export * from "./y";`,
        "y.ts": `export * from "./x"; export { b } from "./b";`,
        "b.ts": B,
      },
      { a: ["b"] },
    ],
    [
      "modules that export nothing of the name",
      {
        "a.ts": `import { b } from "./x"; ${T} export function a() { b(); }`,
        "x.ts": `export * from "./y";`,
        "y.ts": `export * from "./x";`,
      },
      {},
    ],
    [
      "a class",
      {
        "a.ts": `import { C } from "./c"; ${T} export async function a() { const c = new C(); c.b(); C.s(); }`,
        "c.ts": `export class C { ${T} b() {} ${T} static s() {} }`,
      },
      { a: ["b", "s"] },
    ],
    [
      "a class of another file as base",
      {
        "a.ts": `import { C } from "./c"; export class D extends C { ${T} a() { this.b(); } }`,
        "c.ts": `export class C { ${T} b() {} }`,
      },
      { a: ["b"] },
    ],
    [
      "a type import",
      {
        "a.ts": `import type { C } from "./c"; ${T} export function a(c: C) { c.b(); }`,
        "c.ts": `export class C { ${T} b() {} }`,
      },
      { a: ["b"] },
    ],
    [
      "an instance",
      {
        "a.ts": `import { c } from "./c"; ${T} export function a() { c.b(); }`,
        "c.ts": `class C { ${T} b() {} } export const c = new C();`,
      },
      { a: ["b"] },
    ],
    [
      "a getter",
      {
        "a.ts": `import { c } from "./c"; ${T} export function a() { return c.g; }`,
        "c.ts": `class C { ${T} get g() { return 1; } } export const c = new C();`,
      },
      { a: ["get g"] },
    ],
    [
      "a dynamic import",
      {
        "a.ts": `${T} export async function a() { const { b } = await import("./b"); b(); (await import("./b")).b(); }`,
        "b.ts": B,
      },
      { a: ["b"] },
    ],
    [
      "require",
      {
        "a.js": `const { b } = require("./b"); const all = require("./b"); ${T} function a() { b(); all.c(); }`,
        "b.js": `${T} exports.b = function () {}; ${T} module.exports.c = () => 1;`,
      },
      { a: ["task", "task"] },
    ],
    [
      "module.exports",
      {
        "a.js": `const m = require("./b"); const f = require("./f"); ${T} function a() { m.b(); f(); }`,
        "b.js": `${T} function b() {} module.exports = { b };`,
        "f.js": `${T} module.exports = function f() {};`,
      },
      { a: ["b", "f"] },
    ],
    [
      "an import of CommonJS",
      {
        "a.ts": `import m, { b } from "./b"; ${T} export function a() { m.c(); b(); }`,
        "b.js": `${T} function b() {} ${T} function c() {} module.exports = { b, c };`,
      },
      { a: ["c", "b"] },
    ],
    [
      "import = require and export =",
      { "a.cts": `import b = require("./b"); ${T} function a() { b(); }`, "b.cts": `${T} function b() {} export = b;` },
      { a: ["b"] },
    ],
    ["its own exports", { "a.js": `exports.b = ${T} () => 1; ${T} function a() { exports.b(); }` }, { a: ["task"] }],
    ["nothing of other packages", { "a.ts": `import { b } from "b"; ${T} export function a() { b(); }` }, {}],
  ])("%s", (_, files, expected) => {
    expect(calls(files)).toEqual(expected);
  });
});
