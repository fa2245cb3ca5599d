import fc from "fast-check";

/** How a generated function is declared. */
export type FunctionKind =
  | "function"
  | "async function"
  | "function*"
  | "async function*"
  | "arrow"
  | "async arrow"
  | "method";

export const KINDS: readonly FunctionKind[] = [
  "function",
  "async function",
  "function*",
  "async function*",
  "arrow",
  "async arrow",
  "method",
];

const NAMES = ["a", "b", "c", "x", "y"] as const;

const name = fc.constantFrom(...NAMES);

/** Parameter lists that mean something in either mode. */
const parameters = fc.constantFrom(
  "",
  "a",
  "a, b",
  "a, b = 2",
  "a = log('default'), b = a",
  "{ a, b = 1 } = {}, c",
  "[a, ...b] = [], x = () => a",
  "a, ...c",
  "{ a: { b } = { b: 1 } } = {}, y = this",
);

interface Grammar {
  readonly expression: string;
  readonly statement: string;
  readonly block: string;
}

/** Bodies of statements, nested at most a few deep; every loop ends. */
function bodies(kind: FunctionKind, strict: boolean): fc.Arbitrary<string> {
  const isGenerator = kind.endsWith("*");
  const isAsync = kind.startsWith("async");
  const ownArguments = !kind.endsWith("arrow");
  const { block } = fc.letrec<Grammar>((tie) => {
    const expression = tie("expression");
    return {
      expression: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constantFrom("1", "'s'", "null", "undefined", "this === undefined", "typeof this", "[]", "({})"),
        name.map((each) => `typeof ${each} === "undefined" ? 0 : ${each}`).map((text) => `(${text})`),
        fc.tuple(expression, expression).map(([left, right]) => `(${left} + ${right})`),
        expression.map((inner) => `log(${inner})`),
        expression.map((inner) => `(() => ${inner})()`),
        expression.map((inner) => `[${inner}, 2].map((x) => x)`),
        ...(ownArguments ? [fc.constantFrom("arguments.length", "arguments[0]", "(() => arguments.length)()")] : []),
        ...(kind.startsWith("function") || kind === "async function" ? [fc.constant("typeof new.target")] : []),
        ...(isAsync ? [expression.map((inner) => `(await ${inner})`)] : []),
        ...(isGenerator ? [expression.map((inner) => `(yield ${inner})`)] : []),
        ...(kind === "method"
          ? [fc.constantFrom("super.base(1)", "super.missing", "super.toString === undefined")]
          : []),
      ),
      statement: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        expression.map((inner) => `log(${inner});`),
        fc.tuple(name, expression).map(([each, value]) => `var ${each} = ${value};`),
        name.map((each) => `var ${each}; log(${each});`),
        fc.tuple(name, expression).map(([each, value]) => `{ let ${each} = ${value}; log(${each}); }`),
        name.map((each) => `{ const keep = () => ${each === "a" ? "typeof a" : "1"}; log(keep()); }`),
        ...(strict ? [] : [name.map((each) => `try { ${each} = 9; log(${each}); } catch (e) { log(String(e)); }`)]),
        expression.map((value) => `return ${value};`),
        expression.map((value) => `throw ${value};`),
        fc.tuple(expression, tie("block"), tie("block")).map(([test, yes, no]) => `if (${test}) {${yes}} else {${no}}`),
        fc
          .tuple(tie("block"), fc.constantFrom("break outer;", "continue outer;", "break;", ""))
          .map(
            ([inner, jump]) => `outer: for (let i = 0; i < 2; i++) { for (const j of [1, 2]) { ${inner} ${jump} } }`,
          ),
        fc
          .tuple(tie("block"), tie("block"), tie("block"))
          .map(([tried, caught, last]) => `try {${tried}} catch (e) { log(String(e)); ${caught} } finally {${last}}`),
        fc
          .tuple(name, expression)
          .map(([each, value]) => `switch (${value}) { case 1: var ${each} = 5; default: log(1); }`),
        ...(ownArguments && !strict ? [fc.constant("arguments[0] = 'written';")] : []),
        ...(isGenerator ? [fc.constantFrom("yield* [1, 2];", "log(yield);")] : []),
        ...(isAsync ? [fc.constant("for await (const k of [1, Promise.resolve(2)]) log(k);")] : []),
      ),
      block: fc.array(tie("statement"), { maxLength: 4 }).map((statements) => statements.join(" ")),
    };
  });
  return block;
}

/** A tagged function and how it is called, as a CommonJS program that exports `run(log)`. */
export function programs(kind: FunctionKind): fc.Arbitrary<string> {
  return fc.boolean().chain((strict) =>
    fc
      .tuple(parameters, bodies(kind, strict), fc.constantFrom("", "1", "1, 2, 3", "{ a: 5 }", "[7, 8, 9]"))
      .map(([list, body, given]) => {
        const directive = strict && /^(?:\w+(?:, \w+)*)?$/.test(list) ? '"use strict"; ' : "";
        return program(kind, list, directive + body, given);
      }),
  );
}

function program(kind: FunctionKind, list: string, body: string, given: string): string {
  const tag = "/** @llmobs task */";
  const declaration = {
    function: `${tag} function f(${list}) {${body}}`,
    "async function": `${tag} async function f(${list}) {${body}}`,
    "function*": `${tag} function* f(${list}) {${body}}`,
    "async function*": `${tag} async function* f(${list}) {${body}}`,
    arrow: `${tag} const f = (${list}) => {${body}};`,
    "async arrow": `${tag} const f = async (${list}) => {${body}};`,
    method: `class B { base(n) { return log(n) } } class C extends B { ${tag} f(${list}) {${body}} } const o = new C(); const f = (...all) => o.f(...all);`,
  }[kind];
  return `const log = (value) => { events.push(typeof value === "object" && value !== null ? "object" : String(value)); return value; };\n${declaration}\nexports.f = f; exports.run = () => f.call({ me: 1 }${given === "" ? "" : `, ${given}`});`;
}
