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
    ["register(/** @llmobs task */ () => 1);", "task task"],
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
    ["function f() {} /** @llmobs task */", "LLMOBS1012"],
    ["/** @llmobs task */ const a = () => 1, b = () => 2;", "LLMOBS1014"],
    ["/** @llmobs task */ declare function f(): void;", "LLMOBS1015"],
    ["abstract class C { /** @llmobs task */ abstract m(): void }", "LLMOBS1015"],
    ["function f(a: 1): void; /** @llmobs task */ function f(a: 2): void; function f(a: any) {}", "LLMOBS1016"],
    ["class C extends B { /** @llmobs task */ *m() { yield super.m(); } }", "LLMOBS1017"],
    ["/** @llmobs task */ const docs = await search(q);", "LLMOBS1017"],
    ["/** @llmobs task */ { work(); }", "LLMOBS1017"],
    ['/** @llmobs task */ async function f() { "use workflow"; }', "LLMOBS1018"],
    ["/** @llmobs task */ function f() { let a; let a; }", "LLMOBS1019"],
    ["/** @llmobs task */ function f( {", "LLMOBS1019"],
  ])("%s", (source, code) => {
    const result = checkedInstrument(source);
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(result.code).toBe(source);
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
