import fc from "fast-check";

/** How a generated function is declared. */
export type FunctionKind =
  | "function"
  | "async function"
  | "function*"
  | "async function*"
  | "arrow"
  | "async arrow"
  | "method"
  | "method*"
  | "async method*";

export const KINDS: readonly FunctionKind[] = [
  "function",
  "async function",
  "function*",
  "async function*",
  "arrow",
  "async arrow",
  "method",
  "method*",
  "async method*",
];

/** The names that programs use; sloppy ones may leave them on the global object. */
export const NAMES = ["a", "b", "c", "x", "y"] as const;

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
  /** Statements that leave their block only by an error. */
  readonly calm: string;
}

/** What tagged calls call: values and members that are there, are missing, or are skipped. */
function callees(isMethod: boolean, expression: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(
      "log",
      "store.id",
      "(store.id)",
      "(0, store.id)",
      "store?.id",
      "store.deep?.id",
      "store.none?.id",
      "store.none?.deep.id",
      "store.none?.[log('skipped')]",
      "(store.none?.id)",
      "store.missing",
      "store.missing?.",
      "store.none.id",
      "store['id']",
      "store[log('id')]",
      "store.read",
      "store.deep.id(1).id",
      "absent",
    ),
    ...(isMethod
      ? [fc.constantFrom("super.base", "super.read", "super.missing?.", "super[log('base')]", "super.missing")]
      : []),
    expression.map((inner) => `(${inner}, store).id`),
    expression.map((inner) => `store[(${inner}, 'id')]`),
    expression.map((inner) => `(${inner}, log)`),
  );
}

/** A tagged call; the tag stands before it or, where it is awaited, before the `await`. */
function calls(
  isMethod: boolean,
  isAsync: boolean,
  expression: fc.Arbitrary<string>,
): { readonly call: fc.Arbitrary<string>; readonly tagged: fc.Arbitrary<string> } {
  const given = fc.oneof(
    fc.constant(""),
    expression,
    fc.tuple(expression, expression).map(([first, second]) => `${first}, ...[${second}, 1]`),
  );
  const plain = fc.tuple(callees(isMethod, expression), given).map(([callee, values]) => `${callee}(${values})`);
  const call = isAsync
    ? fc.oneof(
        plain,
        given.map((values) => `await later(${values})`),
      )
    : plain;
  const tag = fc.constantFrom(
    "/** @llmobs tool */",
    "/** @llmobs tool metadata={{ n: typeof this }} output={[result]} */",
  );
  return { call, tagged: fc.tuple(tag, call).map(([before, text]) => `(${before} ${text})`) };
}

/** Bodies of statements, nested at most a few deep; every loop ends. */
function bodies(kind: FunctionKind, strict: boolean): fc.Arbitrary<string> {
  const isGenerator = kind.endsWith("*");
  const isAsync = kind.startsWith("async");
  const isMethod = kind.includes("method");
  const ownArguments = !kind.endsWith("arrow");
  const { block } = fc.letrec<Grammar>((tie) => {
    const expression = tie("expression").map(String);
    const { call, tagged } = calls(isMethod, isAsync, expression);
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
        tagged,
        ...(kind.startsWith("function") || kind === "async function" ? [fc.constant("typeof new.target")] : []),
        ...(isAsync ? [expression.map((inner) => `(await ${inner})`)] : []),
        ...(isGenerator ? [expression.map((inner) => `(yield ${inner})`)] : []),
        ...(isMethod
          ? [
              fc.constantFrom("super.base(1)", "super.missing", "super.toString === undefined", "super.read?.(2)"),
              expression.map((inner) => `super.base(${inner})`),
              expression.map((inner) => `super[(${inner}, 'read')](3)`),
            ]
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
        call.map((value) => `/** @llmobs task */ return ${value};`),
        call.map((value) => `/** @llmobs task */ ${value};`),
        call.map((value) => `{ /** @llmobs task */ const made = ${value}; log(made); }`),
        call.map((value) => `/** @llmobs task */ store.slot = ${value};`),
        tie("calm").map((inner) => `/** @llmobs task metadata={{ n: typeof this }} */ {${inner}}`),
        tie("block").map((inner) => `/** @llmobs task */ {${inner}}`),
        ...(isMethod
          ? [
              expression.map((value) => `super.slot = ${value}; log(this.slot);`),
              fc.constant("[super.slot] = [1]; super.slot++;"),
            ]
          : []),
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
      calm: fc
        .array(
          fc.oneof(
            expression.map((inner) => `log(${inner});`),
            fc
              .tuple(name, expression)
              .map(([each, value]) => `let ${each} = ${value}; log(${each});`)
              .map((text) => `{${text}}`),
            expression.map((value) => `throw ${value};`),
            fc.tuple(expression, tie("calm")).map(([test, inner]) => `if (${test}) {${inner}}`),
            fc
              .tuple(tie("calm"), fc.constantFrom("break inner;", "continue;", "break;", ""))
              .map(([inner, jump]) => `inner: for (const i of [1, 2]) { ${inner} ${jump} }`),
            fc
              .tuple(tie("calm"), tie("calm"))
              .map(([tried, caught]) => `try {${tried}} catch (e) { log(String(e)); ${caught} }`),
            tie("calm").map((inner) => `/** @llmobs task */ {${inner}}`),
            fc.constant("class Local { [log('key')] = 1; static { log(typeof this); } } new Local();"),
          ),
          { maxLength: 3 },
        )
        .map((statements) => statements.join(" ")),
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

/** What tagged calls find; its getters are inherited, as capturing a value reads its own. */
const STORE = `class Store {
  id(...all) { log("id of " + (this === undefined || this === globalThis ? "nobody" : this === store ? "store" : "deep")); return all[0] ?? store; }
  get read() { log("read"); return this.id; }
  get deep() { log("deep"); return { id: this.id }; }
}
const store = new Store();
const later = async (value) => log(value);
const absent = undefined;`;

function program(kind: FunctionKind, list: string, body: string, given: string): string {
  const tag = "/** @llmobs task */";
  const method = (head: string) =>
    `class B { base(n) { return log(n) } get read() { log("read"); return (n) => log(n); } } class C extends B { ${tag} ${head}(${list}) {${body}} } const o = new C(); const f = (...all) => o.f(...all);`;
  const declaration = {
    function: `${tag} function f(${list}) {${body}}`,
    "async function": `${tag} async function f(${list}) {${body}}`,
    "function*": `${tag} function* f(${list}) {${body}}`,
    "async function*": `${tag} async function* f(${list}) {${body}}`,
    arrow: `${tag} const f = (${list}) => {${body}};`,
    "async arrow": `${tag} const f = async (${list}) => {${body}};`,
    method: method("f"),
    "method*": method("*f"),
    "async method*": method("async *f"),
  }[kind];
  return `const log = (value) => { events.push(typeof value === "object" && value !== null ? "object" : String(value)); return value; };\n${STORE}\n${declaration}\nexports.f = f; exports.run = () => f.call({ me: 1 }${given === "" ? "" : `, ${given}`});`;
}
