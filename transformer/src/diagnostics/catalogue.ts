import type { Severity } from "./diagnostic.js";

interface Entry {
  readonly severity: Severity;
  readonly title: string;
  /** `{name}` stands for a value given where the diagnostic is made. */
  readonly message: string;
  readonly hint: string;
  /** Source text that produces it: docs/diagnostics.md shows it, a test runs it. */
  readonly example: string;
}

/** Every diagnostic there is. Codes are never reused. docs/diagnostics.md is generated from here. */
export const CATALOGUE = {
  LLMOBS1001: {
    severity: "error",
    title: "Unknown kind",
    message: "Unknown kind `{word}`.",
    hint: "{suggestion}",
    example: "/** @llmobs worklow */\nfunction answer() {}",
  },
  LLMOBS1002: {
    severity: "error",
    title: "Kind missing",
    message: "The tag names no kind.",
    hint: "Write one after @llmobs: workflow, agent, llm, tool, task, embedding or retrieval.",
    example: '/** @llmobs name="answer" */\nfunction answer() {}',
  },
  LLMOBS1003: {
    severity: "error",
    title: "Unknown attribute",
    message: "Unknown attribute `{word}`.",
    hint: "{suggestion}",
    example: '/** @llmobs llm modelname="gpt-4o" */\nfunction answer() {}',
  },
  LLMOBS1004: {
    severity: "error",
    title: "Attribute twice",
    message: "Attribute `{word}` is given twice.",
    hint: "Keep one of them.",
    example: '/** @llmobs task name="a" name="b" */\nfunction answer() {}',
  },
  LLMOBS1005: {
    severity: "error",
    title: "String not closed",
    message: "The string of `{word}` has no closing quote.",
    hint: "Close it with {quote} before the comment ends; a comment ends at its first */.",
    example: '/** @llmobs task name="rerank */\nfunction answer() {}',
  },
  LLMOBS1006: {
    severity: "error",
    title: "Brace not closed",
    message: "The expression of `{word}` has no closing brace.",
    hint: "Close it with } before the comment ends; a comment ends at its first */.",
    example: "/** @llmobs task metadata={{ a: 1 } */\nfunction answer() {}",
  },
  LLMOBS1007: {
    severity: "error",
    title: "Wrong form of value",
    message: "Attribute `{word}` takes {takes}.",
    hint: "Write {write}.",
    example: '/** @llmobs task metadata="a" */\nfunction answer() {}',
  },
  LLMOBS1008: {
    severity: "error",
    title: "Expression does not parse",
    message: "The expression of `{word}` does not parse: {reason}.",
    hint: "Write one JavaScript or TypeScript expression between the braces; statements inside a function in it need semicolons.",
    example: "/** @llmobs task metadata={a +} */\nfunction answer(a) {}",
  },
  LLMOBS1009: {
    severity: "error",
    title: "Prose after the kind",
    message: "Text after the kind is read as attributes, and `{word}` is not one.",
    hint: 'Move the prose above the tag, or write name="{prose}".',
    example: "/** @llmobs workflow Answers one question */\nfunction answer() {}",
  },
  LLMOBS1010: {
    severity: "error",
    title: "Tag in a plain comment",
    message: "A tag in a {comment} comment is not read.",
    hint: "Write it as /** @llmobs {kind} */.",
    example: "// @llmobs workflow\nfunction answer() {}",
  },
  LLMOBS1011: {
    severity: "error",
    title: "Two tags",
    message: "This is the second tag on the same {what}.",
    hint: "Keep one of them.",
    example: "/** @llmobs workflow */\n/** @llmobs task */\nfunction answer() {}",
  },
  LLMOBS1012: {
    severity: "error",
    title: "Tag on nothing",
    message: "The tag is not before anything it can trace.",
    hint: "Put it directly before a function, a method, or a const that holds a function.",
    example: "function answer() {}\n/** @llmobs workflow */",
  },
  LLMOBS1013: {
    severity: "error",
    title: "Tag on something else",
    message: "The tag is on {what}, which cannot be traced.",
    hint: "Put it directly before a function, a method, or a const that holds a function.",
    example: "/** @llmobs workflow */\nclass Bot {}",
  },
  LLMOBS1014: {
    severity: "error",
    title: "Several declarators",
    message: "The tag is on a statement that declares several variables.",
    hint: "Put the tag directly before the one it means, or give that one a statement of its own.",
    example: "/** @llmobs task */\nconst a = () => 1, b = () => 2;",
  },
  LLMOBS1015: {
    severity: "error",
    title: "Function without a body",
    message: "The tag is on {what}, which has no body to trace.",
    hint: "Tag the implementation.",
    example: "/** @llmobs task */\ndeclare function answer(): void;",
  },
  LLMOBS1016: {
    severity: "error",
    title: "Tag on a later overload",
    message: "The tag is on an overload signature that is not the first.",
    hint: "Tag the implementation or the first signature.",
    example:
      "function f(a: string): void;\n/** @llmobs task */\nfunction f(a: number): void;\nfunction f(a: unknown) {}",
  },
  LLMOBS1017: {
    severity: "error",
    title: "Form not traced",
    message: "Tags on {what} are not traced in this version; the code stays as it is.",
    hint: "{mend}",
    example: "/** @llmobs retrieval */\nconst docs = await store.search(q);",
  },
  LLMOBS1018: {
    severity: "error",
    title: '"use workflow"',
    message: 'A "use workflow" body is replayed in a sandbox and cannot be traced.',
    hint: "Tag the steps it calls.",
    example: '/** @llmobs workflow */\nasync function answer() { "use workflow"; }',
  },
  LLMOBS1019: {
    severity: "error",
    title: "File does not parse",
    message: "The file has a tag and does not parse, so it is left as it is: {reason}.",
    hint: "Mend the syntax error; your compiler says more about it.",
    example: "/** @llmobs task */\nfunction f( {}",
  },
  LLMOBS1020: {
    severity: "error",
    title: "Script file",
    message: "The file is a script: tracing it would turn it into a module and change its globals.",
    hint: "Move the function to a module (a file with an import or export).",
    example: "",
  },
  LLMOBS1021: {
    severity: "error",
    title: "Parameter declared again",
    message: "`{word}` is declared again in the body in a way that tracing would change.",
    hint: "Rename the variable in the body.",
    example: "/** @llmobs task */\nfunction f() { var arguments; return arguments; }",
  },
  LLMOBS1022: {
    severity: "hint",
    title: "Function without a name",
    message: "The function has no name, so its spans are called `{kind}`.",
    hint: 'Give the tag a name="…".',
    example: "register(/** @llmobs task */ () => 1);",
  },
  LLMOBS1023: {
    severity: "error",
    title: "await or yield in an expression",
    message: "The expression of `{word}` uses {keyword}, which a tag cannot wait for.",
    hint: "Compute the value in the function and annotate the span with llmobs.annotate().",
    example: "/** @llmobs task metadata={{ a: await b }} */\nasync function answer(b) {}",
  },
  LLMOBS1024: {
    severity: "error",
    title: "Redaction path",
    message: "`{path}` is not a redaction path.",
    hint: "Separate paths with commas and their parts with dots; * stands for one level, ** for any depth.",
    example: '/** @llmobs task redact="user..key" */\nfunction answer(user) {}',
  },
  LLMOBS1025: {
    severity: "warning",
    title: "Attribute without effect",
    message: "Attribute `{word}` has no effect on kind `{kind}`.",
    hint: "Only llm and embedding spans carry a model.",
    example: '/** @llmobs task modelName="gpt-4o" */\nfunction answer() {}',
  },
  LLMOBS1026: {
    severity: "hint",
    title: "Tag on a getter",
    message: "Every read of the property makes a span.",
    hint: "Tag the method that does the work, if it is only that you want to see.",
    example: "class Bot {\n  /** @llmobs task */\n  get plan() {\n    return 1;\n  }\n}",
  },
} as const satisfies Record<string, Entry>;

export type DiagnosticCode = keyof typeof CATALOGUE;

type Slots<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}` ? Slot | Slots<Rest> : never;

/** The values a code's message and hint need. */
export type DiagnosticValues<Code extends DiagnosticCode> = Readonly<
  Record<Slots<(typeof CATALOGUE)[Code]["message"]> | Slots<(typeof CATALOGUE)[Code]["hint"]>, string>
>;
