import { describe, expect, test } from "vitest";
import { checkedInstrument, codes, traced } from "./checked-instrument.js";

const TSX = { filename: "/project/a.tsx" };
const CTS = { filename: "/project/a.cts" };

describe("a tag belongs to the token behind it", () => {
  test.each([
    ["on the line before", "/** @llmobs task */\nfunction f() {}"],
    ["on the same line", "/** @llmobs task */ function f() {}"],
    ["without a blank", "/** @llmobs task */function f() {}"],
    ["behind a brace, a semicolon and a comma on its line", "class C { /** @llmobs task */ f() {} }"],
    ["behind another member", "class C { a() {} b = 1; /** @llmobs task */ f() {} }"],
    ["behind a property", "const o = { a, /** @llmobs task */ f() {} };"],
    ["over blank lines", "/** @llmobs task */\n\n\nfunction f() {}"],
    ["over other comments", "/** @llmobs task */\n// a\n/* b */\n/** c */\nfunction f() {}"],
    ["in the first of two blocks", "/** @llmobs task */\n/** More. */\nfunction f() {}"],
    ["in the second of two blocks", "/** Prose. */\n/** @llmobs task */\nfunction f() {}"],
    ["before export", "/** @llmobs task */ export function f() {}"],
    ["behind export", "export /** @llmobs task */ function f() {}"],
    ["before async", "export /** @llmobs task */ async function f() {}"],
    ["before a modifier", "class C { /** @llmobs task */ public static override async f() {} }"],
    ["between modifiers", "class C { public static /** @llmobs task */ override async f() {} }"],
    ["behind modifiers", "class C { private async /** @llmobs task */ f() {} }"],
    ["before the star", "class C { async /** @llmobs task */ *f() {} }"],
    ["behind the star", "class C { async * /** @llmobs task */ f() {} }"],
    ["before get", "class C { /** @llmobs task */ get f() { return 1 } }", "get f"],
    ["behind get", "class C { get /** @llmobs task */ f() { return 1 } }", "get f"],
    ["before decorators", "class C { /** @llmobs task */ @a() @b f() {} }"],
    ["between decorators", "class C { @a() /** @llmobs task */ @b f() {} }"],
    ["behind decorators", "class C { @a() @b /** @llmobs task */ f() {} }"],
    ["behind decorators and before a modifier", "class C { @a() /** @llmobs task */ private f() {} }"],
    ["before a declaration", "/** @llmobs task */ export const f = () => 1;"],
    ["before a declarator", "const a = 1, /** @llmobs task */ f = () => 1;"],
    ["before an initialiser", "const f = /** @llmobs task */ () => 1;"],
    ["before a parenthesis", "const f = /** @llmobs task */ (() => 1);"],
    ["behind a parenthesis", "const f = (/** @llmobs task */ () => 1);"],
    ["before a value", "const o = { f: /** @llmobs task */ () => 1 };"],
    ["before a field", "class C { /** @llmobs task */ readonly f = () => 1 }"],
    ["before an accessor field", "class C { /** @llmobs task */ static accessor f = () => 1 }"],
    ["before a private field", "class C { /** @llmobs task */ #f = () => 1 }", "#f"],
    ["before an assignment", "let f; /** @llmobs task */ f = () => 1;"],
    ["before a right side", "let f; f = /** @llmobs task */ () => 1;"],
    ["before default", "/** @llmobs task */ export default function f() {}"],
    ["behind default", "export default /** @llmobs task */ function f() {}"],
  ])("%s", (_, source, name = "f") => {
    const result = checkedInstrument(source);
    expect(result.diagnostics.filter(({ severity }) => severity !== "hint")).toEqual([]);
    expect(traced(result)).toEqual([`task ${name}`]);
  });
});

describe("a function expression directly behind the comment is reached anywhere", () => {
  const tagged = '/** @llmobs task name="x" */ () => 1';
  test.each([
    `call(${tagged});`,
    `new Job(${tagged});`,
    `call(1, [${tagged}]);`,
    `const a = b ? ${tagged} : c;`,
    `const a = b ?? ${tagged.replace("() => 1", "(() => 1)")};`,
    `const a = [...list, ${tagged}];`,
    `const o = { ...(${tagged}) };`,
    `const a = (1, ${tagged});`,
    `function f() { return ${tagged} }`,
    `function f() { throw ${tagged} }`,
    `const f = () => ${tagged};`,
    `function f(a = ${tagged}) {}`,
    `const [a = ${tagged}] = b;`,
    `class C extends mixin(${tagged}) {}`,
    `class C { @dec(${tagged}) m() {} }`,
    `class C { static { run(${tagged}) } }`,
    `o[key] = ${tagged};`,
    `o.list.push(${tagged});`,
    `await (${tagged})();`,
    `if (call(${tagged})) {}`,
    `for (const a of call(${tagged})) {}`,
    `const a = <Button onClick={${tagged}} />;`,
    `export default { run: ${tagged} };`,
    `const a = b satisfies C, d = ${tagged};`,
  ])("%s", (source) => {
    const result = checkedInstrument(source, TSX);
    expect(result.diagnostics).toEqual([]);
    expect(traced(result)).toEqual(["task x"]);
  });
});

describe("it looks through what TypeScript adds", () => {
  const tag = "/** @llmobs task */";
  test.each([
    [`${tag} const f = (() => 1) as any;`, "task f"],
    [`${tag} const f = (() => 1) satisfies F;`, "task f"],
    [`${tag} const f = (() => 1)!;`, "task f"],
    [`${tag} const f = <F>(() => 1);`, "task f"],
    [`${tag} const f = (((() => 1) as any) satisfies F)!;`, "task f"],
    [`${tag} const f: F = () => 1;`, "task f"],
    [`${tag} f = (() => 1) as any; var f;`, "task f"],
    [`${tag} export default (() => 1) as F;`, "task default"],
    [`class C { ${tag} f = (() => 1) as F }`, "task f"],
    [`const o = { ${tag} f: (() => 1) as F };`, "task f"],
    [`${tag} const f = function <T>(this: T, a?: T): a is T { return true };`, "task f"],
    [`${tag} async function f<const T>(a: T) {}`, "task f"],
  ])("%s", (source, site) => {
    const result = checkedInstrument(source);
    expect(result.diagnostics).toEqual([]);
    expect(traced(result)).toEqual([site]);
  });

  test("CommonJS of TypeScript and JavaScript", () => {
    expect(traced(checkedInstrument("/** @llmobs task */ export = function f() {};", CTS))).toEqual(["task f"]);
    expect(traced(checkedInstrument("/** @llmobs task */ export = async (a: 1) => a;", CTS))).toEqual(["task task"]);
    expect(traced(checkedInstrument("/** @llmobs task */ module.exports = function f() {};", CTS))).toEqual(["task f"]);
    expect(traced(checkedInstrument("/** @llmobs task */ exports.a.b = async function f() {};", CTS))).toEqual([
      "task f",
    ]);
    expect(traced(checkedInstrument("/** @llmobs task */ C.prototype.m = function m() {};", CTS))).toEqual(["task m"]);
  });
});

describe("what is not reached is said where it stands", () => {
  test.each([
    ["/** @llmobs task */ export { f }; function f() {}", "1:5 LLMOBS1013"],
    ["/** @llmobs task */ export * from 'x';", "1:5 LLMOBS1013"],
    ["/** @llmobs task */ import x = require('x');", "1:5 LLMOBS1013"],
    ["/** @llmobs task */ namespace N {}", "1:5 LLMOBS1013"],
    ["/** @llmobs task */ declare module 'x' {}", "1:5 LLMOBS1013"],
    ["/** @llmobs task */ abstract class C {}", "1:5 LLMOBS1013"],
    ["const C = /** @llmobs task */ class {};", "1:15 LLMOBS1013"],
    ["class C { /** @llmobs task */ x = 1 }", "1:15 LLMOBS1013"],
    ["class C { /** @llmobs task */ declare f: () => void }", "1:15 LLMOBS1013"],
    ["abstract class C { /** @llmobs task */ abstract f: () => void }", "1:24 LLMOBS1013"],
    ["abstract class C { /** @llmobs task */ abstract get f(): 1 }", "1:24 LLMOBS1015"],
    ["class C { /** @llmobs task */ static {} }", "1:15 LLMOBS1013"],
    ["interface I { /** @llmobs task */ m(): void }", "1:19 LLMOBS1013"],
    ["type T = { /** @llmobs task */ m: () => void };", "1:16 LLMOBS1013"],
    ["const o = { /** @llmobs task */ a: 1 };", "1:17 LLMOBS1013"],
    ["const o = { /** @llmobs task */ a };", "1:17 LLMOBS1013"],
    ["/** @llmobs task */ let f;", "1:5 LLMOBS1013"],
    ["/** @llmobs task */ o.f = g;", "1:5 LLMOBS1013"],
    ["/** @llmobs task */ if (a) {}", "1:5 LLMOBS1013"],
    ["f(/** @llmobs task */);", "1:7 LLMOBS1012"],
    ["f(/** @llmobs task */ 5);", "1:7 LLMOBS1012"],
    ["function f(/** @llmobs task */ a) {}", "1:16 LLMOBS1012"],
    ["const o = { ...(/** @llmobs task */ a) };", "1:21 LLMOBS1012"],
    ["{ /** @llmobs task */ }", "1:7 LLMOBS1012"],
    ["/** @llmobs task */ export default class {}", "1:5 LLMOBS1013"],
    ["/** @llmobs task */ export default 5;", "1:5 LLMOBS1013"],
    ["class C { /** @llmobs task */ m(a: 1): void; /** @llmobs tool */ m(a: any) {} }", "1:50 LLMOBS1011"],
    ["/** @llmobs task */ const [a, b] = [() => 1, () => 2];", "1:5 LLMOBS1013"],
  ])("%s", (source, expected) => {
    const result = checkedInstrument(source);
    expect(codes(result)).toEqual([expected]);
  });
});
