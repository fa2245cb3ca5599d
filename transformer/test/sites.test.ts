import { describe, expect, test } from "vitest";
import { checkedInstrument, codes, traced } from "./checked-instrument.js";

describe("what a tag reaches", () => {
  test.each([
    ["/** @llmobs task */ function f() {}", "task f"],
    ["/** @llmobs task */ export async function f() {}", "task f"],
    ["export /** @llmobs task */ async function f() {}", "task f"],
    ["/** @llmobs task */ export default function () {}", "task default"],
    ["/** @llmobs task */ export default async () => {};", "task default"],
    ["export default /** @llmobs task */ (() => {});", "task default"],
    ["/** @llmobs task */ export const f = () => 1;", "task f"],
    ["export const /** @llmobs task */ f = () => 1, g = 2;", "task f"],
    ["const f = /** @llmobs task */ () => 1;", "task f"],
    ["/** @llmobs task */ const f = ((async () => 1) as any)!;", "task f"],
    ["/** @llmobs task */ let f = function named() {};", "task named"],
    ["/** @llmobs task */ f = () => 1; var f;", "task f"],
    ["class C { /** @llmobs task */ m() {} }", "task m"],
    ["class C { /** @llmobs task */ static async m() {} }", "task m"],
    ["class C { static /** @llmobs task */ m() {} }", "task m"],
    ["class C { /** @llmobs task */ #m() {} }", "task #m"],
    ["class C { /** @llmobs task */ 'a b'() {} }", "task a b"],
    ["class C { /** @llmobs task */ [Symbol.iterator]() {} }", "task [Symbol.iterator]"],
    ["class C { /** @llmobs task */ f = () => 1 }", "task f"],
    ["class C { /** @llmobs task */ @dec() m() {} }", "task m"],
    ["class C { @dec() /** @llmobs task */ m() {} }", "task m"],
    ["const o = { /** @llmobs task */ m() {} };", "task m"],
    ["const o = { a: 1, /** @llmobs task */ k: () => 1 };", "task k"],
    ["/** @llmobs task */ function* f() { yield 1; }", "task f"],
    ["/** @llmobs task */ export default async function* () {}", "task default"],
    ["class C { /** @llmobs task */ *m() {} }", "task m"],
    ["class C { /** @llmobs task */ async *#m() {} }", "task #m"],
    ["const o = { /** @llmobs task */ async *m() {} };", "task m"],
    ["class C { /** @llmobs task */ set x(v) {} }", "task set x"],
    ["const o = { /** @llmobs task */ set x(v) {} };", "task set x"],
    ["namespace N { /** @llmobs task */ export function f() {} }", "task f"],
    ["/** @llmobs task */ function f(a: string): void; function f(a: any) {}", "task f"],
    ["class C { /** @llmobs task */ m(a: string): void; m(a: any) {} }", "task m"],
    ['app.post("/", /** @llmobs workflow name="chat" */ async (c) => c);', "workflow chat"],
    ["const { f = /** @llmobs task */ () => 1 } = o;", "task f"],
    ["/** @llmobs task */\n\n// why\n/* what */ function f() {}", "task f"],
  ])("%s", (source, expected) => {
    const result = checkedInstrument(source);
    expect(result.diagnostics).toEqual([]);
    expect(traced(result)).toEqual([expected]);
  });

  test.each([
    ["/** @llmobs task */ search(q);", "task search"],
    ["/** @llmobs task */ await store.search(q);", "task search"],
    ["/** @llmobs task */ void store.search?.(q);", "task search"],
    ["/** @llmobs task */ export const docs = await store?.search(q);", "task search"],
    ["export let /** @llmobs task */ docs = search(q), other = 1;", "task search"],
    ["/** @llmobs task */ var docs = (await search(q)) as Doc[];", "task search"],
    ["/** @llmobs task */ docs = <Doc[]>search(q)!; var docs;", "task search"],
    ["/** @llmobs task */ this.docs ??= await search<Doc>(q);", "task search"],
    ["/** @llmobs task */ export default await search(q);", "task search"],
    ["/** @llmobs task */ export = search(q);", "task search"],
    ["/** @llmobs task */ module.exports = search(q);", "task search"],
    ["function f() { /** @llmobs task */ return search(q); }", "task search"],
    ["async function f() { return await /** @llmobs task */ search(q); }", "task search"],
    ["call(/** @llmobs task */ search(q));", "task search"],
    ["call(1 + /** @llmobs task */ search(q) * 2);", "task search"],
    ["call(/** @llmobs task */ (search(q)));", "task search"],
    ["call(/** @llmobs task */ await search(q));", "task search"],
    ["const f = () => /** @llmobs task */ search(q);", "task search"],
    ["class C { /** @llmobs task */ docs = search(q); }", "task search"],
    ["const o = { /** @llmobs task */ docs: search(q) };", "task search"],
    ["class C { #s() {} m() { /** @llmobs task */ this.#s(); } }", "task #s"],
    ["/** @llmobs task */ a.b[0](1);", "task 0"],
    ["/** @llmobs task */ a['b c'](1);", "task b c"],
    ["/** @llmobs task */ a[Symbol.iterator]();", "task [Symbol.iterator]"],
    ["/** @llmobs task */ first(1).second(2);", "task second"],
    ["/** @llmobs task name='given' */ first(1)(2);", "task given"],
    ["class C { @(/** @llmobs task */ search(q)) m() {} }", "task search"],
    ["/** @llmobs task */ { work(); }", "task task"],
    ["/** @llmobs task name='rerank' */ {}", "task rerank"],
    ["if (a) /** @llmobs task */ { work(); }", "task task"],
    ["for (const a of b) /** @llmobs task */ { work(); }", "task task"],
    ["switch (a) { case 1: /** @llmobs task */ { work(); } }", "task task"],
    ["label: /** @llmobs task */ { work(); }", "task task"],
    ["namespace N { /** @llmobs task */ { work(); } }", "task task"],
    ["class C { static { /** @llmobs task */ { work(); } } }", "task task"],
    ["class C extends B { /** @llmobs task */ *m() { yield super.m(); } }", "task m"],
    ["class C { /** @llmobs task */ accessor f = () => 1 }", "task f"],
    ["class C { /** @llmobs task */ static accessor #f = async () => 1 }", "task #f"],
    ["class C { /** @llmobs task */ 1() {} }", "task 1"],
    ["const o = { /** @llmobs task */ 'a b': () => 1 };", "task a b"],
    ["const o = { /** @llmobs task */ [key()]: () => 1 };", "task [key()]"],
    ["x.y = /** @llmobs task */ function z() {};", "task z"],
    ["/** @llmobs task */ export = function f() {};", "task f"],
    ["/** @llmobs task */ module.exports = function f() {};", "task f"],
    ["/** @llmobs task */ export default function f() {}", "task f"],
    ["export default /** @llmobs task */ function f() {}", "task f"],
    ["/** @llmobs task */ export default (function f() {});", "task f"],
    ["(/** @llmobs task */ function f() {})();", "task f"],
    ["/** @llmobs task */ (function f() {})();", "task f"],
    ["/** @llmobs task */ export const x = await (async function f() {})();", "task f"],
    ["function f() { /** @llmobs task */ return function g() {}; }", "task g"],
    ["declare module 'm' { } namespace A.B { /** @llmobs task */ export const f = () => 1; }", "task f"],
    ["const f = <T,>(a: T) => a; /** @llmobs task */ const g = <T extends object>(a: T) => a;", "task g"],
    ["abstract class C { /** @llmobs task */ protected override async m(): Promise<void> {} }", "task m"],
  ])("%s", (source, expected) => {
    const result = checkedInstrument(source);
    expect(result.diagnostics).toEqual([]);
    expect(traced(result)).toEqual([expected]);
  });

  test.each([
    ["register(/** @llmobs task */ () => 1);", "task task"],
    ["/** @llmobs task */ first(1)(2);", "task task"],
    ["/** @llmobs task */ (async () => {})();", "task task"],
    ["/** @llmobs task */ module.exports = function () {};", "task task"],
  ])("a function without a name gets the kind and a hint: %s", (source, expected) => {
    const result = checkedInstrument(source);
    expect(traced(result)).toEqual([expected]);
    expect(result.diagnostics).toMatchObject([{ code: "LLMOBS1022", severity: "hint" }]);
  });
});

describe("what it does not reach is said and left alone", () => {
  test.each([
    ["/** @llmobs task */ class C {}", "LLMOBS1013"],
    ["/** @llmobs task */ @dec() export class C {}", "LLMOBS1013"],
    ["/** @llmobs task */ @dec() export default class C {}", "LLMOBS1013"],
    ["class C { /** @llmobs task */ constructor() {} }", "LLMOBS1013"],
    ["/** @llmobs task */ import 'x';", "LLMOBS1013"],
    ["/** @llmobs task */ type T = 1;", "LLMOBS1013"],
    ["/** @llmobs task */ interface I {}", "LLMOBS1013"],
    ["/** @llmobs task */ enum E {}", "LLMOBS1013"],
    ["/** @llmobs task */ export const a = 1;", "LLMOBS1013"],
    ["function f() { /** @llmobs task */ return 1; }", "LLMOBS1013"],
    ["class C { @dec(/** @llmobs task */ 5) m() {} }", "LLMOBS1012"],
    ["call(/** @llmobs task */ search);", "LLMOBS1012"],
    ["call(/** @llmobs task */ search(q).docs);", "LLMOBS1012"],
    ["/** @llmobs task */ a(1), b(2);", "LLMOBS1013"],
    ["/** @llmobs task */ a(1).b = 2;", "LLMOBS1013"],
    ["/** @llmobs task */ const a = search(q).docs;", "LLMOBS1013"],
    ["/** @llmobs task */ const a = new Search(q);", "LLMOBS1013"],
    ["call(/** @llmobs task */ new Search(q));", "LLMOBS1013"],
    ["/** @llmobs task */ sql`select`;", "LLMOBS1013"],
    ["/** @llmobs task */ await import('x');", "LLMOBS1013"],
    ["/** @llmobs task */ const a = require('x');", "LLMOBS1013"],
    ["/** @llmobs task */ require.resolve('x');", "LLMOBS1013"],
    ["export const a = /** @llmobs task */ import.meta.glob('x');", "LLMOBS1013"],
    ["/** @llmobs task */ eval('1');", "LLMOBS1013"],
    ["class C extends B { constructor() { /** @llmobs task */ super(1); } }", "LLMOBS1013"],
    ["@/** @llmobs task */ dec() class C {}", "LLMOBS1013"],
    ["try /** @llmobs task */ { work(); } catch {}", "LLMOBS1012"],
    ["/** @llmobs task */ label: { work(); }", "LLMOBS1013"],
    ["/** @llmobs task */ throw fail();", "LLMOBS1013"],
    ["/** @llmobs task */ a.b?.(1).c(2);", "LLMOBS1017"],
    ["/** @llmobs task */ a?.b(1)(2);", "LLMOBS1017"],
    ["export {}; /** @llmobs task */ a[await b](1);", "LLMOBS1017"],
    ["function* f() { /** @llmobs task */ a?.b(yield).c(1); }", "LLMOBS1017"],
    ["/** @llmobs task */ a[eval('b')](1);", "LLMOBS1017"],
    ["function f() { /** @llmobs task */ { return; } }", "LLMOBS1030"],
    ["function* f() { /** @llmobs task */ { yield; } }", "LLMOBS1030"],
    ["for (;;) { /** @llmobs task */ { break; } }", "LLMOBS1030"],
    ["for (;;) { /** @llmobs task */ { switch (a) { default: continue; } } }", "LLMOBS1030"],
    ["a: /** @llmobs task */ { for (;;) break a; }", "LLMOBS1030"],
    ["switch (a) { case 1: /** @llmobs task */ { break; } }", "LLMOBS1030"],
    ["/** @llmobs task */ { var a = 1; } use(a);", "LLMOBS1031"],
    ["function f(a) { /** @llmobs task */ { var a = 1; } }", "LLMOBS1031"],
    ["const g = () => a; /** @llmobs task */ { var { a } = b; }", "LLMOBS1031"],
    ["for (;;) { /** @llmobs task */ { var a; a = (a ?? 0) + 1; } }", "LLMOBS1031"],
    ["try {} catch (a) { /** @llmobs task */ { var a = 1; } }", "LLMOBS1031"],
    ["/** @llmobs task */ { var a = 1; } eval('a');", "LLMOBS1031"],
    ["function f() { /** @llmobs task */ { var arguments = 1; } }", "LLMOBS1031"],
    ["/** @llmobs task */ { for (var a of b) ; } export { a };", "LLMOBS1031"],
    ["/** @llmobs task metadata={{ a: result }} */ { work(); }", "LLMOBS1045"],
    ["class C { x = /** @llmobs task metadata={{ a: arguments[0] }} */ search(q); }", "LLMOBS1043"],
    ["class C { static { /** @llmobs task metadata={{ a: arguments }} */ {} } }", "LLMOBS1043"],
    ["class C extends B { m() { /** @llmobs task metadata={{ a: super() }} */ search(q); } }", "LLMOBS1043"],
    ["function f() { /** @llmobs task metadata={{ a: super.x }} */ search(q); }", "LLMOBS1043"],
    ["/** @llmobs task metadata={{ a: new.target }} */ search(q);", "LLMOBS1008"],
    ["function f() { /** @llmobs task metadata={{ a: this.#x }} */ {} }", "LLMOBS1043"],
    ["function f() {} /** @llmobs task */", "LLMOBS1012"],
    ["/** @llmobs task */ const a = () => 1, b = () => 2;", "LLMOBS1014"],
    ["/** @llmobs task */ declare function f(): void;", "LLMOBS1015"],
    ["abstract class C { /** @llmobs task */ abstract m(): void }", "LLMOBS1015"],
    ["function f(a: 1): void; /** @llmobs task */ function f(a: 2): void; function f(a: any) {}", "LLMOBS1016"],
    ['/** @llmobs task */ async function f() { "use workflow"; }', "LLMOBS1018"],
    ['async function f() { "use workflow"; /** @llmobs task */ await g(); }', "LLMOBS1018"],
    ['"use workflow"; export async function f() { /** @llmobs task */ { await g(); } }', "LLMOBS1018"],
    ["/** @llmobs task */ function f() { let a; let a; }", "LLMOBS1019"],
    ["/** @llmobs task */ function f( {", "LLMOBS1019"],
  ])("%s", (source, code) => {
    const result = checkedInstrument(source);
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(result.code).toBe(source);
  });

  test.each([
    ["function f() { /** @llmobs task */ { function g() {} } g(); }", "LLMOBS1031"],
    ["function f() { /** @llmobs task */ { eval(code); } }", "LLMOBS1017"],
    ["with (o) { /** @llmobs task */ search(q); }", "LLMOBS1017"],
  ])("of sloppy code: %s", (source, code) => {
    const result = checkedInstrument(source, { filename: "/project/a.cjs" });
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(result.code).toBe(source);
  });

  test.each([
    "export function f() { /** @llmobs task */ { function g() {} g(); } }",
    "export function f() { /** @llmobs task */ { eval(code); } }",
    "with (o) { /** @llmobs task */ o.search(q); }",
    "with (o) { /** @llmobs task */ { search(q); } }",
    "/** @llmobs task */ { for (var i = 0; i < 2; i++) continue; }",
    "for (;;) { /** @llmobs task */ { a: for (;;) { for (;;) continue a; } } }",
    "/** @llmobs task */ { b: { break b; } switch (a) { case 1: break; } }",
    "/** @llmobs task */ { const f = function* () { yield 1; return 2; }; class C { m() { return 1 } x = 1; } }",
    "/** @llmobs task */ (a?.b)(1);",
    "function f() { /** @llmobs task metadata={{ a: arguments[0] }} */ search(q); }",
    "class C { #x; x = /** @llmobs task metadata={{ a: super.y, b: this.#x }} */ search(q); }",
    "class C { x = /** @llmobs task metadata={{ a: function () { return arguments } }} */ search(q); }",
  ])("what stays inside is traced: %s", (source) => {
    const filename = source.startsWith("with") ? "/project/a.cjs" : "/project/a.ts";
    const { sites, diagnostics } = checkedInstrument(source, { filename });
    expect([sites.length, diagnostics]).toEqual([1, []]);
  });

  test("two tags on one call or block", () => {
    expect(codes(checkedInstrument("/** @llmobs task */ const a = /** @llmobs tool */ b();"))).toEqual([
      "1:35 LLMOBS1011",
    ]);
    expect(codes(checkedInstrument("/** @llmobs task */ /** @llmobs tool */ {}"))).toEqual(["1:25 LLMOBS1011"]);
  });

  test("two tags on one function, in one comment or two, before the statement and before the function", () => {
    expect(codes(checkedInstrument("/** @llmobs task */\n/** @llmobs tool */\nfunction f() {}"))).toEqual([
      "2:5 LLMOBS1011",
    ]);
    expect(codes(checkedInstrument("/**\n * @llmobs task\n * @llmobs tool\n */\nfunction f() {}"))).toEqual([
      "3:4 LLMOBS1011",
    ]);
    expect(codes(checkedInstrument("/** @llmobs task */ const f = /** @llmobs tool */ () => 1"))).toEqual([
      "1:35 LLMOBS1011",
    ]);
    const { sites, diagnostics } = checkedInstrument(
      "/** @llmobs task */\nfunction f(a: 1): void;\n/** @llmobs tool */\nfunction f(a: any) {}",
    );
    expect([sites.length, diagnostics[0]?.code]).toEqual([1, "LLMOBS1011"]);
  });

  test("a fault costs its own site only", () => {
    const result = checkedInstrument("/** @llmobs wat */\nfunction a() {}\n/** @llmobs task */\nfunction b() {}");
    expect(traced(result)).toEqual(["task b"]);
  });

  test("strict leaves the whole file", () => {
    const source = "/** @llmobs wat */\nfunction a() {}\n/** @llmobs task */\nfunction b() {}";
    expect(checkedInstrument(source, { strict: true })).toMatchObject({ code: source, sites: [] });
  });
});

test("a getter is traced, with a hint", () => {
  const result = checkedInstrument("class C { /** @llmobs task */ static get x() { return 1 } }");
  expect([traced(result), codes(result), result.sites[0]?.form]).toEqual([
    ["task get x"],
    ["1:15 LLMOBS1026"],
    "getter",
  ]);
});

test("a site says where it is", () => {
  const source =
    "export class Bot {\n  /** @llmobs agent */\n  @log() async answer({ q, k: [first, ...others] }: Q, topK = 3, ...rest: any[]) {\n    return /** @llmobs task name='x' */ () => q;\n  }\n}\nconst tools = { search: { /** @llmobs tool */ run: async () => 1 } };\n/** @llmobs tool */\nexports.find = () => 1;\n";
  expect(checkedInstrument(source).sites).toEqual([
    {
      id: "src/app.ts#Bot.answer",
      kind: "agent",
      name: "answer",
      function: "Bot.answer",
      file: "src/app.ts",
      line: 3,
      column: 16,
      parameters: ["q", "first", "others", "topK", "rest"],
      form: "method",
    },
    expect.objectContaining({ id: "src/app.ts#Bot.answer.<anonymous>(x)", line: 4, form: "arrow", name: "x" }),
    expect.objectContaining({ id: "src/app.ts#tools.search.run", name: "run", form: "arrow" }),
    expect.objectContaining({ id: "src/app.ts#exports.find", name: "tool", line: 9 }),
  ]);
});

test("a tag on a signature gives the implementation's own name", () => {
  const source =
    "/** @llmobs task */\nfunction f(a: string): void;\nfunction f(a: unknown) {}\nclass C {\n/** @llmobs task */\nm(a: string): void;\nm(a: unknown) {}\n}";
  expect(checkedInstrument(source).sites.map((site) => site.function)).toEqual(["f", "C.m"]);
});

test("a call at module level that is given a function is traced, with a hint", () => {
  const hinted = (source: string) => {
    const { sites, diagnostics } = checkedInstrument(source);
    return [sites.length, ...diagnostics.map(({ code }) => code)];
  };
  expect(hinted("/** @llmobs tool */ export const search = tool({ execute() {} });")).toEqual([1, "LLMOBS1033"]);
  expect(hinted("/** @llmobs tool */ export const load = memo(async () => 1);")).toEqual([1, "LLMOBS1033"]);
  expect(hinted("export function f() { /** @llmobs tool */ run(() => 1); }")).toEqual([1]);
  expect(hinted("class C { static x = /** @llmobs tool */ run(() => 1); }")).toEqual([1]);
  expect(hinted("/** @llmobs tool */ run({ a: 1 });")).toEqual([1]);
});

test("the site of a call or a block says where it is", () => {
  const source =
    "export class Bot {\n  async answer(q) {\n    /** @llmobs retrieval */\n    const docs =\n      await this.store.search(q);\n    /** @llmobs task name='rerank' */\n    {\n      sort(docs);\n    }\n    [1].map(() => /** @llmobs task */ first(1)(2));\n  }\n}\n/** @llmobs task */ {}\n";
  const at = (id: string, name: string, around: string, line: number, column: number, form: string) => ({
    id: `src/app.ts#${id}`,
    kind: expect.any(String),
    name,
    function: around,
    file: "src/app.ts",
    line,
    column,
    parameters: [],
    form,
  });
  expect(checkedInstrument(source).sites).toEqual([
    at("Bot.answer:search", "search", "Bot.answer", 5, 13, "call"),
    at("Bot.answer:rerank", "rerank", "Bot.answer", 7, 5, "block"),
    at("Bot.answer.<anonymous>:task", "task", "Bot.answer.<anonymous>", 10, 39, "call"),
    at("<module>:task", "task", "<module>", 13, 21, "block"),
  ]);
});

test("what is ignored above a call or a block is ignored inside", () => {
  const inside = "/** @llmobs task */ f(/** @llmobs task */ () => 1);";
  expect(checkedInstrument(`/** @llmobs ignore */ ${inside}`).sites).toEqual([]);
  expect(checkedInstrument(`/** @llmobs ignore why */ { ${inside} }`).sites).toEqual([]);
  expect(checkedInstrument(`/** @llmobs ignore */ call(() => { ${inside} });`).sites).toEqual([]);
});

test("a relative file name is one below the root", () => {
  const { sites } = checkedInstrument("/** @llmobs task */ function f() {}", {
    filename: "lib/a.ts",
    root: "/elsewhere",
  });
  expect(sites[0]?.file).toBe("lib/a.ts");
});

test("sites of one name get different ids", () => {
  const source = "{ /** @llmobs task */ function f() {} }\n{ /** @llmobs task */ function f() {} }\n";
  expect(checkedInstrument(source).sites.map(({ id }) => id)).toEqual(["src/app.ts#f", "src/app.ts#f~2"]);
});

describe("ids", () => {
  const ids = (source: string, options = {}) => checkedInstrument(source, options).sites.map(({ id }) => id);
  const HANDLERS = [
    'app.get("/", /** @llmobs workflow name="home" */ async () => 1);',
    'app.get("/chat", /** @llmobs workflow name="chat" */ async () => 2);',
    "/** @llmobs task */ function f() {}",
  ];

  test("stay what they are whatever is added, moved or traced elsewhere in the file", () => {
    const before = ids(HANDLERS.join("\n"));
    expect(before).toEqual(["src/app.ts#<anonymous>(home)", "src/app.ts#<anonymous>(chat)", "src/app.ts#f"]);
    const more =
      'app.get("/x", /** @llmobs workflow name="x" */ async () => 3);\n\nclass C { /** @llmobs task */ f() {} }\n';
    expect(ids(more + HANDLERS.join("\n\n\n"))).toEqual(expect.arrayContaining(before));
    expect(ids(more + HANDLERS.toReversed().join("\n"))).toEqual(expect.arrayContaining(before));
  });

  test("do not say where the project is", () => {
    const elsewhere = { filename: "/home/someone else/project/src/app.ts", root: "/home/someone else/project" };
    expect(ids(HANDLERS.join("\n"), elsewhere)).toEqual(ids(HANDLERS.join("\n")));
  });
});
