import type { Entry } from "./entry.js";

/** What is said about the names in a tag and about where a tagged function goes. */
export const EXPRESSION_ENTRIES = {
  LLMOBS1040: {
    severity: "error",
    title: "Name not declared",
    message: "`{name}` in the expression of `{word}` is declared nowhere in sight.",
    hint: "{suggestion}",
    why: "Evaluating it would throw at every call, and the attribute would be missing from every span.",
    example: "/** @llmobs task metadata={{ tenat }} */\nfunction answer(tenant) {}",
    mended: "/** @llmobs task metadata={{ tenant }} */\nfunction answer(tenant) {}",
  },
  LLMOBS1041: {
    severity: "error",
    title: "Variable of the body",
    message: "`{name}` in the expression of `{word}` is a variable of the body, which a tag does not see.",
    hint: "Name parameters, or what is returned as `result`; or call llmobs.annotate() where the variable is set.",
    why: "Expressions are evaluated before and after the body, beside it: its variables are not there yet, or no longer.",
    example: "/** @llmobs task output={text} */\nfunction answer() {\n  const text = ask();\n  return { text };\n}",
    mended:
      "/** @llmobs task output={result.text} */\nfunction answer() {\n  const text = ask();\n  return { text };\n}",
  },
  LLMOBS1042: {
    severity: "error",
    title: "Type used as a value",
    message: "`{name}` in the expression of `{word}` is a type, or imported as one: it is not there at run time.",
    hint: "Name a value; if it is one, import it without `type`.",
    why: "Types are gone from the output, and so are imports that are marked or found to be nothing but types.",
    example:
      'import type { Model } from "./models.js";\n/** @llmobs llm modelName={Model.small} */\nfunction answer() {}',
    mended: 'import { Model } from "./models.js";\n/** @llmobs llm modelName={Model.small} */\nfunction answer() {}',
  },
  LLMOBS1043: {
    severity: "error",
    title: "Out of place",
    message: "`{name}` in the expression of `{word}` means nothing here: {reason}.",
    hint: "Name what is meant by another way, such as a parameter or a constant of the file.",
    why: "The expression becomes part of the tagged function and would break the file, or always throw.",
    example: "/** @llmobs task metadata={{ id: super.id }} */\nfunction answer() {}",
    mended: "class Bot extends Base {\n  /** @llmobs task metadata={{ id: super.id }} */\n  answer() {}\n}",
  },
  LLMOBS1044: {
    severity: "error",
    title: "Result wanted too early",
    message: "`{word}` is needed when the span begins, so its expression can't use `result`.",
    hint: "Use what is known at the call; a tag or metadata can hold what is known at the end.",
    why: "What the function calls takes the value over, and ends before there is a result.",
    example: "/** @llmobs workflow sessionId={result.id} */\nfunction answer() {}",
    mended: "/** @llmobs workflow tags={{ id: result.id }} */\nfunction answer() {}",
  },
  LLMOBS1045: {
    severity: "error",
    title: "No result",
    message: "The expression of `{word}` uses `result`, and a {what} has none.",
    hint: "Use a parameter; one that is called `result` needs another name to be seen from a tag.",
    why: "`result` always means what the tagged code returns.",
    example: "class Bot {\n  /** @llmobs task output={result} */\n  set plan(value) {}\n}",
    mended: "class Bot {\n  /** @llmobs task output={value} */\n  set plan(value) {}\n}",
  },
  LLMOBS1046: {
    severity: "warning",
    title: "Parameter called result",
    message: "`result` in the expression of `{word}` is what the function returns, not its parameter of that name.",
    hint: "Rename the parameter if it is meant, or rename it to make clear that it is not.",
    why: "`result` always means what the tagged code returns: a rule without exceptions is easier to read.",
    example: "/** @llmobs task output={result.text} */\nfunction shorten(result) { return result; }",
    mended: "/** @llmobs task output={result.text} */\nfunction shorten(answer) { return answer; }",
  },
} as const satisfies Record<string, Entry>;
