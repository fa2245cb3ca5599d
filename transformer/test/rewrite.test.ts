import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { instrument } from "../src/index.js";
import { checkedInstrument, codes } from "./checked-instrument.js";

test("text without a tag comes back as it is, even when it does not parse", () => {
  const source = "function ( { @llmobs/runtime";
  expect(instrument(source, { filename: "a.ts" })).toEqual({ code: source, map: null, sites: [], diagnostics: [] });
});

test("a mention of generated code is not generated code", () => {
  const source =
    '// see "@llmobs/runtime/compiled"\nconst text = "function _llmobs_site0() {}";\n/** @llmobs task */ export function f() {}';
  expect(checkedInstrument(source).sites).toHaveLength(1);
});

test("mode off gives the text back", () => {
  const source = "/** @llmobs task */ function f() {}";
  expect(instrument(source, { filename: "a.ts", mode: "off" }).code).toBe(source);
});

describe("where the header goes", () => {
  const first = (source: string, options = {}) => {
    const { code } = checkedInstrument(source, options);
    return code.slice(0, code.indexOf("function _llmobs_site0"));
  };
  const tagged = "/** @llmobs task */ export function f() {}";

  test("behind shebang, directives and leading comments, before the first statement", () => {
    expect(first(`#!/usr/bin/env node\n"use client";\n// @ts-nocheck\nimport "x";\n${tagged}`)).toBe(
      '#!/usr/bin/env node\n"use client";\n// @ts-nocheck\nimport * as _llmobs from "@llmobs/runtime/compiled"; ',
    );
  });

  test("before a comment that annotates the first statement", () => {
    expect(first(`/* license */\n/* @__NO_SIDE_EFFECTS__ */ export function g() {}\n${tagged}`)).toBe(
      '/* license */\nimport * as _llmobs from "@llmobs/runtime/compiled"; ',
    );
  });

  test("a directive without a semicolon stays one", () => {
    const { code } = checkedInstrument(
      '"use client"\n/** @llmobs task */ export function f() { "use strict"\nreturn 1 }',
    );
    expect(code).toContain('{ "use strict"; return _llmobs.run(');
  });

  test("another runtime specifier", () => {
    expect(first(tagged, { runtime: "./rt.js" })).toContain('from "./rt.js"');
  });
});

describe("module format", () => {
  const load = (source: string, filename: string, format?: "module" | "commonjs" | "script") => {
    const { code, diagnostics } = instrument(source, { filename, ...(format ? { format } : {}) });
    if (code.includes("const _llmobs = require(")) return "commonjs";
    return code.includes("import * as _llmobs from") ? "module" : diagnostics[0]?.code;
  };
  const tag = "/** @llmobs task */ function f() {}";

  test.each([
    ["a.ts", tag, "module"],
    ["a.tsx", tag, "module"],
    ["a.jsx", tag, "module"],
    ["a.js", tag, "commonjs"],
    ["a.mjs", tag, "module"],
    ["a.mts", tag, "module"],
    ["a.cjs", tag, "commonjs"],
    ["a.cts", tag, "commonjs"],
    ["a.js", `${tag} export {};`, "module"],
    ["a.js", `${tag} import "x";`, "module"],
    ["a.ts", `${tag} module.exports = f;`, "commonjs"],
    ["a.ts", `const x = require("x"); ${tag}`, "commonjs"],
    ["a.ts", `${tag} export = f;`, "commonjs"],
    ["a.ts", `import x = require("x"); ${tag}`, "commonjs"],
    ["a.ts", `import x from "x"; ${tag} require("y");`, "module"],
  ])("%s: %s", (filename, source, expected) => expect(load(source, filename)).toBe(expected));

  test("the host's word wins, and a script is refused", () => {
    expect(load(tag, "a.js", "module")).toBe("module");
    expect(load(tag, "a.mts", "commonjs")).toBe("commonjs");
    expect(load(tag, "a.js", "script")).toBe("LLMOBS1020");
  });
});

describe("names", () => {
  test("injected names give way to the author's", () => {
    const { code } = checkedInstrument(
      "const _llmobs = 1;\n/** @llmobs task */ export function f() { return _llmobs; }",
    );
    expect(code).toContain("import * as _llmobs2 from");
    expect(code).toContain("_llmobs2.run(_llmobs2_site0()");
  });
});

describe("parameters declared again in the body", () => {
  test("keep their value", () => {
    const { code } = checkedInstrument(
      "/** @llmobs task */ export function f(a) { var a; for (var { b } of []) ; return a }",
    );
    expect(code).toContain(
      "const _llmobs_parameter0 = a; return _llmobs.run(_llmobs_site0(), () => ({ a }), () => { a = _llmobs_parameter0;",
    );
  });

  test("are refused where arguments would tell", () => {
    expect(
      codes(
        checkedInstrument("/** @llmobs task */ function f(a) { var a = 1; return arguments[0] }", {
          filename: "/project/a.cjs",
        }),
      ),
    ).toEqual(["1:41 LLMOBS1021"]);
    expect(
      codes(checkedInstrument("/** @llmobs task */ function f() { var arguments; }", { filename: "/project/a.cjs" })),
    ).toEqual(["1:40 LLMOBS1021"]);
  });

  test("a nested function's own variables do not count", () => {
    const { code } = checkedInstrument("/** @llmobs task */ export function f(a) { return () => { var a; return a } }");
    expect(code).not.toContain("_parameter");
  });
});

describe("what a plain function returns", () => {
  const returns = (body: string) =>
    checkedInstrument(`/** @llmobs task */ export function f(p: any) { ${body} }`).code.includes('"returns":"stored"')
      ? "stored"
      : "fresh";

  test.each([
    ["return fetch(p)", "fresh"],
    ["return new Promise(() => {})", "fresh"],
    ["return fetch(p).then(g).catch(h)", "fresh"],
    ["return p ? fetch(1) : (fetch(2) as any)", "fresh"],
    ["return () => p", "fresh"],
    ["p.x()", "fresh"],
    ["const q = () => { return p }; return q()", "fresh"],
    ["return p", "stored"],
    ["return p.cache[1]", "stored"],
    ["return (p.cache ??= fetch(p))", "stored"],
    ["return p.a || fetch(p)", "stored"],
    ["if (p) return p; return fetch(p)", "stored"],
    ["return p?.q", "stored"],
  ])("%s is %s", (body, expected) => expect(returns(body)).toBe(expected));
});

describe("generators", () => {
  test("delegate to their driven body and lend it their arguments", () => {
    const { code } = checkedInstrument(
      "/** @llmobs task */ export function* f(a) { const g = () => arguments[0]; yield { arguments, x: this.arguments }; function h() { return arguments } }",
    );
    expect(code).toContain(
      "{ const _llmobs_arguments = arguments; return yield* _llmobs.generator(_llmobs_site0(), () => ({ a }), (function* () {",
    );
    expect(code).toContain("() => _llmobs_arguments[0]; yield { arguments: _llmobs_arguments, x: this.arguments };");
    expect(code).toContain("function h() { return arguments } }).call(this)) }");
  });

  test("asynchronous ones too, with what the tag says", () => {
    const { code } = checkedInstrument("/** @llmobs task tags={{ n: this.n }} */ export async function* f() {}");
    expect(code).toContain(
      "return yield* _llmobs.asyncGenerator(_llmobs_site0(), null, (async function* () {}).call(this), () => ({ tags: () => ({ n: this.n }) })) }",
    );
  });

  test("lend their super, live, to a body that names it", () => {
    const { code } = checkedInstrument(
      "export class C extends B { /** @llmobs task */ static async *f(a) { super.x ??= yield super[a]?.(1); } }",
    );
    expect(code).toContain(
      "({ __proto__: _llmobs.superOf((key) => super[key], (key, value) => { super[key] = value; }), async *body() { super.x ??= yield super[a]?.(1); } }.body).call(this)) }",
    );
    expect(
      checkedInstrument("/** @llmobs task */ export function* f() { class C extends B { m() { super.m() } } }").code,
    ).not.toContain("superOf");
  });

  test("lend their arguments to the tags inside", () => {
    const { code } = checkedInstrument(
      "/** @llmobs task */ export function* f(o) { /** @llmobs tool tags={{ arguments, n: arguments.length, o: o.arguments, f() { return arguments } }} */ g(); }",
    );
    expect(code).toContain("{ const _llmobs_arguments = arguments; return yield*");
    expect(code).toContain(
      "tags: () => ({ arguments: _llmobs_arguments, n: _llmobs_arguments.length, o: o.arguments, f() { return arguments } })",
    );
    const untagged = "export function* f() { /** @llmobs tool tags={{ n: arguments.length }} */ g(); }";
    expect(checkedInstrument(untagged).code).toContain("({ n: arguments.length })");
    const inner =
      "/** @llmobs task */ export function* f() { function g() { /** @llmobs tool tags={{ n: arguments.length }} */ h(); } }";
    expect(checkedInstrument(inner).code).toContain("({ n: arguments.length })");
  });
});

describe("calls", () => {
  const rewritten = (call: string) => {
    const { code } = checkedInstrument(
      `export {}; class C extends B { #p; async m() { return [/** @llmobs task */ ${call}]; } }`,
    );
    return /return \[\/\*\* @llmobs task \*\/ (.*)\]; } }$/.exec(code)?.[1]?.replaceAll("_llmobs_object", "o");
  };

  test.each([
    ["f(x)", "_llmobs.call(_llmobs_site0(), null, f)(x)"],
    ["await f<T>(await x, ...y)", "await _llmobs.call(_llmobs_site0(), null, f)<T>(await x, ...y)"],
    ["f?.(x)", "_llmobs.call(_llmobs_site0(), null, f)?.(x)"],
    ["(0, a.f)(x)", "_llmobs.call(_llmobs_site0(), null, (0, a.f))(x)"],
    ["f(1)(2)", "_llmobs.call(_llmobs_site0(), null, f(1))(2)"],
    ["a.b.f(x)", "_llmobs.callMember(_llmobs_site0(), null, a.b, (o) => o.f)(x)"],
    ["a.b().f(x)", "_llmobs.callMember(_llmobs_site0(), null, a.b(), (o) => o.f)(x)"],
    ["a[k](x)", "_llmobs.callMember(_llmobs_site0(), null, a, (o) => o[k])(x)"],
    ["this.#p(x)", "_llmobs.callMember(_llmobs_site0(), null, this, (o) => o.#p)(x)"],
    ["(await a).f(x)", "_llmobs.callMember(_llmobs_site0(), null, (await a), (o) => o.f)(x)"],
    ["(a.f as any)!(x)", "(_llmobs.callMember(_llmobs_site0(), null, a, (o) => o.f) as any)!(x)"],
    ["a!.f(x) as T", "_llmobs.callMember(_llmobs_site0(), null, a!, (o) => o.f)(x) as T"],
    ["a?.f(x)", "_llmobs.callMember(_llmobs_site0(), null, a, (o) => o?.f)?.(x)"],
    ["a?.#p(x)", "_llmobs.callMember(_llmobs_site0(), null, a, (o) => o?.#p)?.(x)"],
    ["a?.f!(x)", "_llmobs.callMember(_llmobs_site0(), null, a, (o) => o?.f)!?.(x)"],
    ["a.f?.(x)", "_llmobs.callMember(_llmobs_site0(), null, a, (o) => o.f)?.(x)"],
    ["a?.b.f(x)", "_llmobs.callMember(_llmobs_site0(), null, a, (o) => o?.b, (o) => o.f)?.(x)"],
    ["a?.b?.[k](x)", "_llmobs.callMember(_llmobs_site0(), null, a, (o) => o?.b, (o) => o?.[k])?.(x)"],
    ["a?.b(1).f(x)", "_llmobs.callMember(_llmobs_site0(), null, a, (o) => o?.b(1), (o) => o.f)?.(x)"],
    ["(a?.f)(x)", "(_llmobs.callMember(_llmobs_site0(), null, a, (o) => o?.f))(x)"],
    ["super.f(x)", "_llmobs.call(_llmobs_site0(), null, super.f, this)(x)"],
    ["super[await k]?.(x)", "_llmobs.call(_llmobs_site0(), null, super[await k], this)?.(x)"],
  ])("%s", (call, expected) => expect(rewritten(call)).toBe(expected));

  test("keep their lines, in a comment's midst too", () => {
    const source =
      "/** @llmobs task */\nexport const a =\n  // why\n  await store // its\n    /* own */\n    ?.deep\n    .search<T>(\n      q,\n    );\n";
    const { code } = checkedInstrument(source);
    expect(code.slice(code.indexOf("export const"))).toBe(
      "export const a =\n  // why\n  await _llmobs.callMember(_llmobs_site0(), null, store, (_llmobs_object) => _llmobs_object // its\n    /* own */\n    ?.deep, (_llmobs_object) => _llmobs_object\n    .search)?.<T>(\n      q,\n    );\n",
    );
  });

  test("at the very start of a file stand behind the header", () => {
    const { code } = checkedInstrument("/** @llmobs task */ f(1);");
    expect(code).toMatch(
      /^\/\*\* @llmobs task \*\/ import \* as _llmobs .*\} _llmobs\.call\(_llmobs_site0\(\), null, f\)\(1\);$/,
    );
  });

  test("nest with what is around and inside", () => {
    const { code } = checkedInstrument(
      "/** @llmobs task */ export const f = async () => /** @llmobs tool */ (/** @llmobs tool */ g(1)).h(/** @llmobs tool */ i(() => /** @llmobs tool */ j()))",
    );
    expect(code).toContain(
      "run(async () => (_llmobs.callMember(_llmobs_site1(), null, (/** @llmobs tool */ _llmobs.call(_llmobs_site2(), null, g)(1)), (_llmobs_object) => _llmobs_object.h)(/** @llmobs tool */ _llmobs.call(_llmobs_site3(), null, i)(() => /** @llmobs tool */ _llmobs.call(_llmobs_site4(), null, j)()))))",
    );
  });

  test("say what becomes of their promise", () => {
    const returns = (text: string) =>
      checkedInstrument(`export async function f() { ${text} }`).code.includes('"returns":"stored"')
        ? "stored"
        : "fresh";
    const tag = "/** @llmobs task */";
    expect(
      [
        `${tag} await g()`,
        `${tag} g()`,
        `${tag} void g()`,
        `return (a ? ${tag} g() : b) as any`,
        `await (a ?? ${tag} g())`,
        `return (a, ${tag} g()!)`,
        `(${tag} g(), a)`,
        `h(() => ${tag} g())`,
        `return ${tag} a?.g()`,
      ].map(returns),
    ).toEqual(Array(9).fill("fresh"));
    expect(
      [
        `${tag} const a = g()`,
        `${tag} this.a = g()`,
        `h(${tag} g())`,
        `return [${tag} g()]`,
        `return { a: ${tag} g() }`,
        `const a = b ?? ${tag} g()`,
        `return !${tag} g()`,
      ].map(returns),
    ).toEqual(Array(7).fill("stored"));
  });
});

describe("blocks", () => {
  test("run in a thunk", () => {
    const { code } = checkedInstrument(
      "const a = 1;\n/** @llmobs task tags={{ a }} */ { let b = 1;\n/** @llmobs tool */ {} }\nexport {};",
    );
    expect(code).toContain(
      "{ _llmobs.run(_llmobs_site0(), null, () => { let b = 1;\n/** @llmobs tool */ { _llmobs.run(_llmobs_site1(), null, () => {}); } }, () => ({ tags: () => ({ a }) })); }\nexport {};",
    );
  });

  test.each([
    ["await a;"],
    ["for await (const a of b);"],
    ["await using a = b;"],
    ["class C { [await a]() {} }"],
    ["f(1, ...(await a));"],
  ])("that wait are awaited: %s", (text) => {
    const { code } = checkedInstrument(`export {}; /** @llmobs task */ {${text}}`);
    expect(code).toContain(
      `{ const _llmobs_span = _llmobs.open(_llmobs_site0(), null); try { _llmobs_span.ok(await _llmobs_span.run(async () => {${text}})) } catch (_llmobs_error) { throw _llmobs_span.err(_llmobs_error) } }`,
    );
  });

  test.each([["async () => await a;"], ["class C { async m() { await a } }"], ["for (const a of b);"]])(
    "that only hold what waits are not: %s",
    (text) => {
      expect(checkedInstrument(`export {}; /** @llmobs task */ {${text}}`).code).toContain(`() => {${text}}); }`);
    },
  );

  test("do not turn a text into a directive", () => {
    expect(checkedInstrument("/** @llmobs task */ { 'use strict' }").code).toContain("() => {; 'use strict' }); }");
  });
});

test("nested expression bodies that end together", () => {
  const { code } = checkedInstrument(
    "/** @llmobs task */ export const f = a => /** @llmobs task */ b => ({ a, b }) // tail\n",
  );
  expect(code).toContain("() => (b => _llmobs.run(_llmobs_site1(), () => ({ b }), () => (({ a, b }))))) // tail");
});

test("the map is chained with the input's", () => {
  const original =
    "interface A { a: 1 }\n\n\nexport const first = /** @llmobs task */ (a: A) => {\n  return a.a;\n};\n";
  const compiled = transformSync(original, { loader: "ts", sourcemap: true, sourcefile: "first.ts" });
  const { code, map } = instrument(compiled.code, { filename: "first.js", inputSourceMap: JSON.parse(compiled.map) });
  const lines = code.split("\n");
  const line = lines.findIndex((text) => text.includes("a.a"));
  const found = originalPositionFor(new TraceMap(JSON.stringify(map)), {
    line: line + 1,
    column: lines[line]?.indexOf("a.a") ?? -1,
  });
  expect(found).toMatchObject({ source: "first.ts", line: 5, column: 9 });
});

test("10,000 sites in one file and deep nesting are no trouble", () => {
  const many = Array.from(
    { length: 10_000 },
    (_, index) => `/** @llmobs task */ export function f${index}(a) { return a }`,
  ).join("\n");
  expect(instrument(many, { filename: "a.ts" }).sites).toHaveLength(10_000);
  const deep = `/** @llmobs task */ export const f = () => ${"[".repeat(1500)}${"]".repeat(1500)};`;
  expect(instrument(deep, { filename: "a.ts" }).sites).toHaveLength(1);
});
