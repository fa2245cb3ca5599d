import { describe, expect, test } from "vitest";
import { checkedInstrument, codes, traced } from "./checked-instrument.js";

const site = (tag: string) => checkedInstrument(`/** ${tag} */\nexport function f(a: any, model: any) { return a; }\n`);

describe("kinds", () => {
  test.each(["workflow", "agent", "llm", "tool", "task", "embedding", "retrieval"])("%s", (kind) => {
    expect(traced(site(`@llmobs ${kind}`))).toEqual([`${kind} f`]);
  });

  test("an unknown one suggests the nearest", () => {
    const { diagnostics, code, map } = site("@llmobs worklow");
    expect(diagnostics).toMatchObject([
      {
        code: "LLMOBS1001",
        severity: "error",
        file: "src/app.ts",
        line: 1,
        column: 13,
        length: 7,
        hint: "Did you mean `workflow`?",
      },
    ]);
    expect(map).toBeNull();
    expect(code).toContain("/** @llmobs worklow */");
  });

  test("one far from all lists them", () => {
    expect(site("@llmobs banana").diagnostics[0]?.hint).toMatch(/^Known are: workflow, agent/);
  });

  test("an unknown one is the only thing said of its tag", () => {
    expect(codes(site("@llmobs worklow and some prose"))).toEqual(["1:13 LLMOBS1001"]);
    expect(site("@llmobs ignore-fil").diagnostics[0]?.hint).toBe("Did you mean `ignore-file`?");
  });

  test("a missing one", () => {
    expect(codes(site('@llmobs name="x"'))).toEqual(["1:5 LLMOBS1002"]);
    expect(codes(site("@llmobs"))).toEqual(["1:5 LLMOBS1002"]);
  });
});

describe("attributes", () => {
  test("text in either quote, and values over several lines", () => {
    const { code } = checkedInstrument(
      "/**\n * Streams.\n * @llmobs llm name=\"chat\"\n *   modelName={model} modelProvider='openai'\n * @returns text\n */\nexport const f = (model: string) => model;\n",
    );
    expect(code).toContain('"name":"chat"');
    expect(code).toContain('"constants":{"modelProvider":"openai"}');
    expect(code).toContain("modelName: () => (model)");
    expect(code).not.toContain("returns text: ");
  });

  test("braces, strings, templates, regular expressions and comments inside an expression", () => {
    const { code, diagnostics } = site(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
      "@llmobs task metadata={{ a: '}', b: `${a}}`, c: /[}]/.test(a), // }\n * d: 1 }}",
    );
    expect(diagnostics).toEqual([]);
    expect(code).toMatch(/metadata: \(\) => \(\{ a: .}., b: `\$\{a\}\}`, c: \/\[\}\]\/\.test\(a\), +d: 1 \}\)/);
  });

  test("an expression over several lines goes onto one, template text keeps its line ends", () => {
    const { code } = checkedInstrument(
      "/**\n * @llmobs task metadata={{ a: `x\n *   y`, // why\n *   b: 1 }}\n */\nexport function f() {}\n",
    );
    expect(code).toContain("a: `x\\n   y`,");
    expect(code).toContain("b: 1 })");
    expect(code).not.toContain("why })");
  });

  test("output, metrics and whatever names result wait for the end", () => {
    const { code } = site(
      "@llmobs task output={a.text} metrics={{ n: 1 }} metadata={{ r: result.id }} tags={{ result: a }}",
    );
    expect(code).toContain("output: (result) => (a.text)");
    expect(code).toContain("metrics: (result) => ({ n: 1 })");
    expect(code).toContain("metadata: (result) => ({ r: result.id })");
    expect(code).toContain("tags: () => ({ result: a })");
    expect(code).toContain('["output","metrics","metadata"]');
  });

  test("input={false} is a constant, a bare name is the default", () => {
    expect(site("@llmobs task input={false}").code).toContain('"constants":{"input":false}');
    expect(site("@llmobs task input").diagnostics).toEqual([]);
  });

  test.each([
    ['@llmobs llm modelname="x"', "1:17 LLMOBS1003", "Did you mean `modelName`?"],
    ['@llmobs task name="a" name="b"', "1:27 LLMOBS1004", "Keep one of them."],
    ['@llmobs task name="a', "1:23 LLMOBS1005", /Close it with "/],
    ["@llmobs task metadata={{ a: 1 }", "1:27 LLMOBS1006", /Close it with }/],
    ['@llmobs task metadata="a"', "1:18 LLMOBS1007", "Write metadata={…}."],
    ["@llmobs task name", "1:18 LLMOBS1007", 'Write name="…" or name={…}.'],
    ["@llmobs task metadata={a +}", "1:27 LLMOBS1008", /one JavaScript or TypeScript expression/],
    ["@llmobs task metadata={a; b}", "1:27 LLMOBS1008", /expression/],
    ["@llmobs workflow Answers one question", "1:22 LLMOBS1009", /name="Answers one question"/],
    ["@llmobs task metadata={await a}", "1:27 LLMOBS1023", /annotate/],
    ['@llmobs task modelName="x"', "1:13 LLMOBS1025", /llm and embedding/],
  ])("%s", (tag, place, hint) => {
    const result = site(tag);
    expect(codes(result)).toEqual([place]);
    expect(result.diagnostics[0]?.hint).toMatch(hint);
  });
});

describe("an expression that is an error in its place costs its site, not the file", () => {
  test.each([
    [
      "/** @llmobs task input={a.#x} */ function f(a) {}",
      "`#x` in the expression of `input` means nothing here: no class around",
    ],
    ["/** @llmobs task metadata={{ y: super.y }} */ function f() {}", "there is none outside of a method"],
    [
      "class C { m() { /** @llmobs task metadata={{ y: super.y }} */ function f() {} } }",
      "there is none outside of a method",
    ],
  ])("%s", (source, reason) => {
    const result = checkedInstrument(source);
    expect(result.diagnostics).toMatchObject([{ code: "LLMOBS1043", message: expect.stringContaining(reason) }]);
    expect(result.code).toBe(source);
  });

  test("import.meta in CommonJS", () => {
    const source = "/** @llmobs task metadata={{ u: import.meta.url }} */ function f() {}";
    expect(codes(checkedInstrument(source, { filename: "/project/a.cjs" }))).toEqual(["1:33 LLMOBS1043"]);
    expect(checkedInstrument(source, { filename: "/project/a.mjs" }).diagnostics).toEqual([]);
  });

  test.each([
    "class C { #x = 1; /** @llmobs task input={this.#x} */ m() {} }",
    "class C extends B { /** @llmobs task metadata={{ y: super.y }} */ m() {} }",
    "class C extends B { /** @llmobs task metadata={{ y: super.y }} */ f = () => 1 }",
    "class C { m() { return /** @llmobs task name='n' metadata={{ y: super.y }} */ () => 1 } }",
    "const o = { /** @llmobs task metadata={{ y: super.y }} */ get x() { return 1 } }",
  ])("right in its place: %s", (source) => {
    expect(checkedInstrument(source).sites).toHaveLength(1);
  });
});
