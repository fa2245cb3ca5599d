import { describe, expect, test } from "vitest";
import { parseRedactPaths } from "../src/directive/redact-paths.js";
import { compileRedaction } from "../src/directive/redaction.js";
import { checkedInstrument, codes } from "./checked-instrument.js";

const tagged = (attributes: string, parameters = "ctx: any, user: any") =>
  checkedInstrument(`/** @llmobs task ${attributes} */\nexport function f(${parameters}) {}\n`);

describe("paths are compiled into the site", () => {
  test.each([
    ["ctx.apiKey", [{ keys: [["ctx", 1]] }, { keys: [["apiKey", "hidden"]] }]],
    [
      "ctx.apiKey, user.pin",
      [
        {
          keys: [
            ["ctx", 1],
            ["user", 2],
          ],
        },
        { keys: [["apiKey", "hidden"]] },
        { keys: [["pin", "hidden"]] },
      ],
    ],
    [
      "ctx.a, ctx.b",
      [
        { keys: [["ctx", 1]] },
        {
          keys: [
            ["a", "hidden"],
            ["b", "hidden"],
          ],
        },
      ],
    ],
    ["ctx, ctx.apiKey", [{ keys: [["ctx", "hidden"]] }]],
    ["*", [{ keys: [], other: "hidden" }]],
    ["*.pin", [{ keys: [], other: 1 }, { keys: [["pin", "hidden"]] }]],
    ["**.pin", [{ keys: [["pin", "hidden"]], other: 0 }]],
    ["ctx.**.pin", [{ keys: [["ctx", 1]] }, { keys: [["pin", "hidden"]], other: 1 }]],
    [
      "**.a.*.b",
      [
        { keys: [["a", 1]], other: 0 },
        { keys: [["a", 3]], other: 2 },
        {
          keys: [
            ["a", 1],
            ["b", "hidden"],
          ],
          other: 0,
        },
        {
          keys: [
            ["a", 3],
            ["b", "hidden"],
          ],
          other: 2,
        },
      ],
    ],
    ["ctx.**", [{ keys: [["ctx", "hidden"]] }]],
    ["**", "everything"],
    ["**.**", "everything"],
    [
      "list.0, list.*.pin",
      [{ keys: [["list", 1]] }, { keys: [["0", "hidden"]], other: 2 }, { keys: [["pin", "hidden"]] }],
    ],
  ])("%s", (text, expected) => {
    const { paths, faults } = parseRedactPaths(text);
    expect(faults).toEqual([]);
    expect(compileRedaction(paths.map(({ parts }) => parts))).toEqual(expected);
  });

  test("nothing is left to be read at run time", () => {
    expect(tagged('redact="ctx.apiKey, *.pin"').code).toContain(
      '"redact":[{"keys":[["ctx",2]],"other":1},{"keys":[["pin","hidden"]]},{"keys":[["apiKey","hidden"],["pin","hidden"]]}]',
    );
  });
});

describe("what is no path is an error at its place", () => {
  test.each([
    ["user..key", "1:26", "a part between its dots is empty"],
    ["a, .b", "1:29", "a part between its dots is empty"],
    ["a.", "1:26", "a part between its dots is empty"],
    ["", "1:26", "it is empty"],
    ["a,, b", "1:28", "it is empty"],
    ["a, ", "1:28", "it is empty"],
    ["a, items[0].b", "1:29", "an element of a list is a part of its own"],
    ["items[*]", "1:26", "an element of a list is a part of its own"],
    ["*Key", "1:26", "* and ** stand for whole parts"],
    ["a.***", "1:26", "* and ** stand for whole parts"],
    ["a b", "1:26", "there is white space in it"],
    ["a.'b'", "1:26", "a part is a key as it is"],
  ])("%j", (text, place, reason) => {
    const result = tagged(`redact="${text}"`);
    expect(codes(result)).toEqual([`${place} LLMOBS1024`]);
    expect(result.diagnostics[0]?.message).toContain(reason);
    expect(result.sites).toEqual([]);
  });

  test("each of several, on its own line", () => {
    const source = '/**\n * @llmobs task redact="a,\n *   b..c,\n *   d e"\n */\nexport function f(a: any) {}\n';
    expect(checkedInstrument(source).diagnostics).toMatchObject([
      { code: "LLMOBS1024", line: 3, column: 6, length: 4 },
      { code: "LLMOBS1024", line: 4, column: 6, length: 3 },
    ]);
  });

  test("more wildcards than a table can hold", () => {
    const few = `**.a${".*".repeat(5)}.b`;
    expect(tagged(`redact="${few}"`).diagnostics).toEqual([]);
    const many = `**.a${".*".repeat(40)}.b`;
    expect(tagged(`redact="${many}"`).diagnostics).toMatchObject([
      { code: "LLMOBS1024", message: expect.stringContaining("too many wildcards") },
    ]);
  });
});

describe("a path that begins with no parameter", () => {
  test("may be one of the output; a hint names the parameter that is nearly the same", () => {
    expect(tagged('redact="answer.text"').diagnostics).toEqual([]);
    const { diagnostics, sites } = tagged('redact="ctx.a, usr.pin"');
    expect(diagnostics).toMatchObject([
      { code: "LLMOBS1047", severity: "hint", column: 33, length: 7, hint: expect.stringContaining("`user`") },
    ]);
    expect(sites).toHaveLength(1);
  });

  test("is an error where no output is captured", () => {
    const result = tagged('redact="token" output={false}');
    expect(result.diagnostics).toMatchObject([{ code: "LLMOBS1048", severity: "error", column: 26 }]);
    expect(result.sites).toEqual([]);
    expect(tagged('redact="token" output={false}', "").diagnostics[0]?.hint).toBe("There are no parameters.");
  });

  test.each([
    ['redact="first.pin, rest.0" output={false}', "{ a: first }: any, ...rest: any[]"],
    ['redact="*.pin, **.token" output={false}', "ctx: any"],
    ['redact="whole.pin" output={false} input={{ whole: ctx }}', "ctx: any"],
    ['redact="ctx.pin" output', "ctx: any"],
  ])("is none: %s of (%s)", (attributes, parameters) => {
    expect(tagged(attributes, parameters).diagnostics).toEqual([]);
  });
});
