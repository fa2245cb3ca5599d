import { describe, expect, test } from "vitest";
import { instrument } from "../src/index.js";
import { checkedInstrument, codes, traced } from "./checked-instrument.js";

/** The tag's lines in a doc comment above a function. */
const above = (...lines: readonly string[]) =>
  checkedInstrument(
    `/**\n${lines.map((line) => ` * ${line}\n`).join("")} */\nexport function f(a: any) { return a; }\n`,
  );

const untouched = (source: string) => ({ code: source, map: null, sites: [], diagnostics: [] });

describe("where a tag begins", () => {
  test.each([
    '/** Uses @llmobs tags. */ export function f() {} import "@llmobs/runtime";',
    "/** See @llmobs workflow below. */ export function f() {}",
    "/**\n * Text and @llmobs workflow\n */\nexport function f() {}",
    "/**\n * - @llmobs workflow\n */\nexport function f() {}",
    "/**\n * `@llmobs workflow`\n */\nexport function f() {}",
    "/**\n * {@link Bot} @llmobs workflow\n */\nexport function f() {}",
    "/** @llmobs/runtime is imported */ export function f() {}",
    "/** @llmobsx workflow */ export function f() {}",
    "/** x@llmobs workflow */ export function f() {}",
    "/** @LLMObs workflow */ export function f() {}",
    "/** @llmob workflow */ export function f() {}",
  ])("not here: %s", (source) => expect(checkedInstrument(source)).toEqual(untouched(source)));

  test.each([
    "/** @llmobs task */",
    "/**@llmobs task*/",
    "/**\t@llmobs\ttask\t*/",
    "/**\n@llmobs task\n*/",
    "/**\n * @llmobs task\n */",
    "/**\n   *   @llmobs   task   */",
    "/**\n\t*\t@llmobs task */",
    "/** Prose.\n * @llmobs task */",
    "/**\n * @llmobs\n *   task\n */",
    "/**\r\n * @llmobs task\r\n */",
    "/**\n * @param a it\n * @llmobs task\n * @returns it\n */",
    "/**\n * ```\n * const a = 1;\n * ```\n * @llmobs task\n */",
    "/**\n * ``` never closed\n * @llmobs task\n */",
  ])("here: %j", (comment) => {
    const result = checkedInstrument(`${comment}\nexport function f() {}\n`);
    expect(result.diagnostics).toEqual([]);
    expect(traced(result)).toEqual(["task f"]);
  });

  test.each(["```", "```ts", "````", "~~~"])("not in a code block that %s opens", (fence) => {
    const source = `/**\n * Tag it:\n * ${fence}\n * @llmobs workflow name="shown"\n * ${fence.replace("ts", "")}\n */\nexport function f() {}\n`;
    expect(checkedInstrument(source)).toEqual(untouched(source));
  });

  test("a code block ends at a fence of its own kind and length", () => {
    expect(traced(above("````", "```", "@llmobs tool", "```", "````", "@llmobs task"))).toEqual(["task f"]);
    expect(traced(above("~~~", "```", "~~~", "@llmobs task", "@see", "```"))).toEqual(["task f"]);
  });

  test.each([
    ["a string", "const a = '/** @llmobs task */'; function f() {}"],
    ["a template", "const a = `\n/** @llmobs task */ function f() {}`; function g() {}"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    ["a template's text beside an expression", "const a = `${1} /** @llmobs task */ ${2}`; function f() {}"],
    ["a regular expression", "const a = /[/]** @llmobs task *[/]/; function f() {}"],
    ["text of JSX", "const a = <p>/** @llmobs task */</p>; function f() {}"],
  ])("not in %s", (_, source) => {
    const result = checkedInstrument(source, { filename: "/project/a.tsx" });
    expect(result).toEqual(untouched(source));
  });

  test("in a comment between the parts of a template", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    const source = "const a = `${call(/** @llmobs task name='x' */ () => 1)}`;";
    expect(traced(checkedInstrument(source))).toEqual(["task x"]);
  });
});

describe("a tag in a plain comment is said", () => {
  test.each([
    ["// @llmobs workflow\nfunction f() {}", "1:1", "workflow"],
    ["//@llmobs workflow\nfunction f() {}", "1:1", "workflow"],
    ["/* @llmobs task */\nfunction f() {}", "1:1", "task"],
    ["/*\n * Prose.\n * @llmobs task name='x'\n */\nfunction f() {}", "1:1", "task"],
    ["x();\n// @llmobs ignore noisy\ny();", "2:1", "ignore"],
    ["// @llmobs\nfunction f() {}", "1:1", "workflow"],
    ["// @llmobs worklow\nfunction f() {}", "1:1", "workflow"],
    ["/* @llmobs ignore-file */", "1:1", "ignore-file"],
    ["/**/ /*@llmobs task*/ function f() {}", "1:6", "task"],
  ])("%j", (source, place, word) => {
    const result = checkedInstrument(source);
    expect(codes(result)).toEqual([`${place} LLMOBS1010`]);
    expect(result.diagnostics[0]?.hint).toBe(`Write it as /** @llmobs ${word} */.`);
  });

  test.each([
    "// @llmobs tags are read by the compiler",
    "// see @llmobs workflow",
    "// /** @llmobs workflow */",
    "/* /** @llmobs workflow */",
    "/* the @llmobs task */",
  ])("prose is none: %s", (source) => expect(checkedInstrument(source)).toEqual(untouched(source)));
});

describe("what a tag holds", () => {
  test("one star a line is decoration, no more", () => {
    expect(above("@llmobs task metadata={{ a: 2", "* 3 }}").code).toContain("a: 2  * 3");
    expect(above("@llmobs task metadata={{ a: 2", "** 3 }}").code).toContain("a: 2  ** 3");
    const bare = "/**\n@llmobs task metadata={{ a: 2\n* * 3 }}\n*/\nexport function f() {}";
    expect(checkedInstrument(bare).code).toContain("a: 2  * 3");
    expect(above("@llmobs task name='a", "* b'").code).toContain('"name":"a\\n * b"');
  });

  test("runs over lines, up to the next word with an @ at the start of one", () => {
    const result = above("@llmobs task", "", "name='x'", "", "  metadata={{ a }}", "@param a nmae='y'");
    expect(result.diagnostics).toEqual([]);
    expect(result.code).toContain('"name":"x"');
    expect(result.code).toContain("metadata: () => ({ a })");
  });

  test("runs past such a word in quotes and braces", () => {
    const quoted = above("@llmobs task name='", "@llmobs tool'", "metadata={{ a: `", "@llmobs agent`, b: 2 }}");
    expect(quoted.diagnostics).toEqual([]);
    expect(traced(quoted)).toEqual(["task \n @llmobs tool"]);
    expect(quoted.code).toContain("a: `\\n @llmobs agent`, b: 2");
  });

  test("an @ inside a line ends nothing", () => {
    expect(codes(above("@llmobs task @deprecated"))).toEqual(["2:17 LLMOBS1009"]);
  });

  test.each([
    ["@llmobs workflow Answers one question", 'Move the prose above the tag, or write name="Answers one question".'],
    ['@llmobs workflow says "hi"', "Move the prose above the tag, or write name=\"says 'hi'\"."],
    ["@llmobs workflow {@link Bot}", 'Move the prose above the tag, or write name="{@link Bot}".'],
    ["@llmobs workflow - the answer", 'Move the prose above the tag, or write name="- the answer".'],
    ["@llmobs workflow name='x' and more", 'Move the prose above the tag, or write name="and more".'],
  ])("prose is one diagnostic: %s", (tag, hint) => {
    expect(above(tag).diagnostics).toMatchObject([{ code: "LLMOBS1009", line: 2, hint }]);
    expect(above(tag, "", "More prose.").diagnostics).toHaveLength(1);
  });

  test.each([
    ["a string", "{{ a: '}', b: \"}\" }}"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    ["a template", "{{ a: `}${a + `}`}` }}"],
    ["a regular expression", "{{ a: /[}]/.test(a) }}"],
    ["a regular expression with a slash in a class", "{{ a: /[/}]/.test(a) }}"],
    ["a division", "{{ a: a / 2, b: 4 / 2 }}"],
    ["a nested object", "{{ a: { b: { c: {} } } }}"],
    ["a function", "{{ a: (() => { if (a) { return 1 } })() }}"],
    ["JSX-like comparison", "{{ a: a < 2 && a > 1 }}"],
  ])("%s with braces", (_, value) => {
    const { code, diagnostics } = above(`@llmobs task metadata=${value} name='x'`);
    expect(diagnostics).toEqual([]);
    expect(code).toContain('"name":"x"');
  });

  test.each([
    ["a line end in a template is its escape", "`a", "b`", "`a\\n b`"],
    ["an escaped line end in a template is gone", "`a\\", "b`", "`a b`"],
    ["an escaped line end in a string is gone", "'a\\", "b'", "'a b'"],
    ["an escaped backslash before a line end stays", "`a\\\\", "b`", "`a\\\\\\n b`"],
    ["a comment is gone", "[a, // why", "1]", /\[a, +1\]/],
  ])("%s", (_, first, second, expected) => {
    const { code } = above(`@llmobs task metadata={{ a: ${first}`, `${second} }}`);
    if (typeof expected === "string") expect(code).toContain(`a: ${expected} `);
    else expect(code).toMatch(expected);
  });

  test.each(["\n", "\r\n", "\r", "\u2028", "\u2029"])("the line end %j moves no line", (lineEnd) => {
    const source = `/**${lineEnd} * @llmobs task metadata={{ a:${lineEnd} *   typeof${lineEnd}a }}${lineEnd} */${lineEnd}export function f(a: any) {}`;
    const { code, diagnostics } = instrument(source, { filename: "a.ts" });
    expect(diagnostics).toEqual([]);
    expect(code).toMatch(/typeof +a \}/);
    expect(code.split(/\r\n|[\n\r\u2028\u2029]/)).toHaveLength(source.split(/\r\n|[\n\r\u2028\u2029]/).length);
  });

  test("CRLF and a byte order mark stay", () => {
    const result = checkedInstrument(
      '\ufeff/**\r\n * @llmobs task\r\n *   name="x"\r\n */\r\nexport function f() {\r\n  return 1;\r\n}\r\n',
    );
    expect(traced(result)).toEqual(["task x"]);
    expect(result.code.startsWith("\ufeff/**\r\n")).toBe(true);
  });
});

describe("the end of a comment inside of a tag is said, in place of a syntax error", () => {
  test.each([
    ['/** @llmobs task name="a*/b" */ export function f() {}', "LLMOBS1005", 23],
    ["/** @llmobs task name='*/' */ export function f() {}", "LLMOBS1005", 23],
    ["/** @llmobs task metadata={{ r: /a*/ }} */ export function f() {}", "LLMOBS1006", 27],
    ["/** @llmobs task metadata={{ a: 1 /* why */ }} */ export function f() {}", "LLMOBS1006", 27],
  ])("%s", (source, code, column) => {
    const result = checkedInstrument(source);
    expect(result.diagnostics).toMatchObject([{ code, line: 1, column }]);
    expect(result.diagnostics[0]?.hint).toContain("a comment ends at its first */");
    expect(result.code).toBe(source);
  });

  test("where it makes no syntax error too", () => {
    expect(codes(above('@llmobs task name="rerank'))).toEqual(["2:22 LLMOBS1005"]);
  });

  test("any other syntax error is one", () => {
    expect(codes(checkedInstrument("/** @llmobs task name='x' */ function f( {}"))).toEqual(["1:44 LLMOBS1019"]);
  });
});

describe("ignore", () => {
  test.each([
    "/** @llmobs ignore noisy */ export function f() { /** @llmobs task */ function g() {} }",
    "/** @llmobs ignore */ export const f = () => /** @llmobs task */ () => 1;",
    "class C { /** @llmobs ignore it is noisy */ m() { /** @llmobs task */ function g() {} } }",
    "const o = { /** @llmobs ignore */ m: () => { /** @llmobs task */ function g() {} } };",
    "/** @llmobs ignore */ app.use(/** @llmobs task */ () => 1);",
    "/** @llmobs ignore */ await run(() => { /** @llmobs task */ function g() {} });",
    "/** @llmobs ignore */ const a = app.use(/** @llmobs task */ () => 1);",
    "f(/** @llmobs ignore */ wrap(/** @llmobs task */ () => 1), 2);",
    "const a = /** @llmobs ignore */ await call(/** @llmobs task */ () => 1);",
    "function f() { return /** @llmobs ignore */ new Job(/** @llmobs task */ () => 1)!; }",
  ])("leaves what is inside alone: %s", (source) => {
    expect(checkedInstrument(source)).toEqual(untouched(source));
  });

  test.each([
    "/** @llmobs ignore */ export function f() { /** @llmobs wat */ function g() {} }",
    "/** @llmobs ignore */ export function f() { // @llmobs task\n }",
    "/** @llmobs ignore */ export function f() { /** @llmobs task name= */ }",
    "/** @llmobs ignore */ export function f() { /** @llmobs task metadata={gone} */ function g() {} }",
    "/** @llmobs ignore */ run(() => { /** @llmobs task */ class C {} });",
    "class C { /** @llmobs ignore */ @dec() m() { /** @llmobs wat */ function g() {} } }",
  ])("says nothing of what is inside: %s", (source) => {
    expect(checkedInstrument(source)).toEqual(untouched(source));
  });

  test("ends where its function ends", () => {
    const source =
      "/** @llmobs ignore */\nexport function f() {}\n/** @llmobs wat */\nfunction h() {}\n/** @llmobs tool */\nfunction i() {}\n";
    const result = checkedInstrument(source);
    expect([codes(result), traced(result)]).toEqual([["3:13 LLMOBS1001"], ["tool i"]]);
  });

  test("beside a tag is the second one", () => {
    const result = checkedInstrument("/** @llmobs ignore */ /** @llmobs task */ export function f() {}");
    expect(result.sites).toEqual([]);
  });

  test("on what is no function or call is said", () => {
    expect(codes(checkedInstrument("/** @llmobs ignore x */ const a = 1;"))).toEqual(["1:5 LLMOBS1013"]);
    expect(codes(checkedInstrument("/** @llmobs ignore x */"))).toEqual(["1:5 LLMOBS1012"]);
    expect(codes(checkedInstrument("/** @llmobs ignore x */ const a = call();"))).toEqual([]);
  });

  test("ignore-file leaves the file and says nothing of it, wherever it stands", () => {
    for (const source of [
      "/** @llmobs ignore-file generated */\n/** @llmobs task */\nexport function f() {}\n",
      "/** @llmobs wat */\nexport function f() {}\n// @llmobs task\n/** @llmobs ignore-file */\n",
    ]) {
      expect(checkedInstrument(source)).toEqual(untouched(source));
    }
  });
});
