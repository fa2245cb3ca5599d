import { expect, test } from "vitest";
import { checkedInstrument } from "./checked-instrument.js";

/** The object that stands in generated code for `prompt={…}`, evaluated with some values in scope. */
function prompt(written: string): unknown {
  const source = `/** @llmobs llm prompt={${written}} */\nexport function f(question: any, ctx: any, docs: any) { return question; }\n`;
  const { code, diagnostics } = checkedInstrument(source);
  expect(diagnostics).toEqual([]);
  const text = /prompt: \(\) => \((.*?)\) \}\)/.exec(code)?.[1] ?? "";
  const plain = text.replaceAll(/ as \w+/g, "");
  const evaluate = new Function("question", "ctx", "docs", `return (${plain});`);
  return evaluate.call({ name: "bot" }, " why ", { question: "why", user: { id: 7 }, list: ["x"] }, ["a", "b"]);
}

const version = expect.stringMatching(/^[0-9a-f]{12}$/);

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: prompts are source text here */
test("a template literal becomes template, variables and version", () => {
  expect(prompt("`Answer ${question} with ${docs.join(' ')}.`")).toEqual({
    template: "Answer {{question}} with {{docs}}.",
    version,
    variables: { question: " why ", docs: "a b" },
  });
  expect(prompt("`Just text, {{kept}}`")).toEqual({ template: "Just text, {{kept}}", version });
});

test("variables are named after what they hold; the same expression is one, another one is numbered", () => {
  expect(
    prompt("`${question} ${ctx.question} ${question} ${ctx.user.id} ${this.name} ${1 + 1} ${question.trim()}`"),
  ).toEqual({
    template: "{{question}} {{question_2}} {{question}} {{id}} {{name}} {{value}} {{question_3}}",
    version,
    variables: { question: " why ", question_2: "why", id: 7, name: "bot", value: 2, question_3: "why" },
  });
  expect(prompt("`${(docs as string)} ${ctx?.list?.[0]} ${String(question)} ${ctx.none ?? 'x'} ${`${docs}`}`")).toEqual(
    {
      template: "{{docs}} {{list}} {{question}} {{none}} {{value}}",
      version,
      variables: { docs: ["a", "b"], list: "x", question: " why ", none: "x", value: "a,b" },
    },
  );
});

test("lines and escapes are what the template means", () => {
  expect(prompt('`one\n * two\\t\\`${question}\\u0041 "quoted"`')).toEqual({
    template: 'one\n two\t`{{question}}A "quoted"',
    version,
    variables: { question: " why " },
  });
});

test("the version changes with the template alone", () => {
  const versionOf = (written: string) => Object(prompt(written)).version;
  expect(versionOf("`Answer ${question}`")).toBe(versionOf("`Answer ${ctx.question}`"));
  expect(versionOf("`Answer ${question}`")).not.toBe(versionOf("`Answer: ${question}`"));
});

test("the template of an object that names no variables", () => {
  expect(prompt("{ id: 'refund', template: `Answer ${question}`, tags: { team: 'cx' } }")).toEqual({
    id: "refund",
    template: "Answer {{question}}",
    version,
    variables: { question: " why " },
    tags: { team: "cx" },
  });
  expect(prompt("{ version: '3', template: `Answer ${question}` }")).toEqual({
    version: "3",
    template: "Answer {{question}}",
    variables: { question: " why " },
  });
});

test("any other prompt stays as it is", () => {
  expect(prompt("{ template: `${ctx.list}: {{q}}`, variables: { q: question } }")).toEqual({
    template: "x: {{q}}",
    variables: { q: " why " },
  });
  expect(prompt("{ template: `plain` }")).toEqual({ template: "plain" });
  expect(prompt("{ ...ctx.user, template: `Answer ${question}` }")).toEqual({ id: 7, template: "Answer  why " });
  expect(prompt("String.raw`${question}`")).toBe(" why ");
});
/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: prompts are source text here */
