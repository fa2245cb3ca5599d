import { isGenerator } from "../ast.js";
import type { FoundBlock, FoundCall, FoundFunction } from "../sites/found-site.js";
import type { InjectedNames } from "./injected-names.js";

/** The text put before and behind a piece of the program. Together with it, it is valid in its place. */
export interface Template {
  readonly open: string;
  readonly close: string;
}

/** What all of a site's code mentions. */
export interface SiteParts {
  readonly names: InjectedNames;
  /** Gives the site's constant. */
  readonly accessor: string;
  /** The thunk of computed attributes; undefined without any. */
  readonly computed: string | undefined;
}

/**
 * The shapes of generated code. The body becomes a thunk in place: an arrow keeps
 * `this`, `arguments`, `super` and `new.target` as they are. An async function
 * keeps its keyword and awaits the thunk itself, which costs one tick and keeps
 * async stack traces and unhandled rejections as they are. A generator stays one
 * and delegates to its body, driven step by step; that body is a function of its
 * own, called with the same `this` and reading the outer one's `arguments`.
 */
export function functionTemplate(found: FoundFunction, parts: SiteParts): Template {
  const { node, site, redeclared } = found;
  const { names, accessor, computed } = parts;
  const input = site.parameters.length === 0 ? "null" : `() => ({ ${site.parameters.join(", ")} })`;
  const last = computed === undefined ? "" : `, ${computed}`;
  const isExpression = node.body?.type !== "BlockStatement";

  const carry = redeclared.map((name, at) => `const ${names.carried(at)} = ${name}; `).join("");
  const restore = redeclared.map((name, at) => ` ${name} = ${names.carried(at)};`).join("");
  const [thunkOpen, thunkClose] = isExpression ? ["(", ")"] : [`{${restore}`, "}"];

  if (isGenerator(node)) {
    const own = found.lendsArguments ? `const ${names.arguments} = arguments; ` : "";
    const drive = node.async ? "asyncGenerator" : "generator";
    const inner = generatorBody(found, names);
    return {
      open: ` ${own}${carry}return yield* ${names.runtime}.${drive}(${accessor}, ${input}, (${inner.open}${thunkOpen}`,
      close: `${thunkClose}${inner.close}).call(this)${last}) `,
    };
  }
  if (!node.async) {
    const open = `${names.runtime}.run(${accessor}, ${input}, () => ${thunkOpen}`;
    const close = `${thunkClose}${last})`;
    return isExpression ? { open, close } : { open: ` ${carry}return ${open}`, close: `${close} ` };
  }
  const waiting = awaited(input, { open: thunkOpen, close: thunkClose }, true, parts);
  const open = ` ${carry}${waiting.open}`;
  return isExpression ? { open: `{${open}`, close: `${waiting.close}}` } : { open, close: waiting.close };
}

/** Begins the span, awaits the thunk in its context and says how that went. */
function awaited(
  input: string,
  thunk: Template,
  hasResult: boolean,
  { names, accessor, computed }: SiteParts,
): Template {
  const { runtime, span, error } = names;
  const last = computed === undefined ? "" : `, ${computed}`;
  return {
    open:
      `const ${span} = ${runtime}.open(${accessor}, ${input}${last}); ` +
      `try { ${hasResult ? "return " : ""}${span}.ok(await ${span}.run(async () => ${thunk.open}`,
    close: `${thunk.close})) } catch (${error}) { throw ${span}.err(${error}) } `,
  };
}

/**
 * The function that a generator's body becomes. Where the body uses `super` it is a
 * method of an object whose prototype passes everything on to the outer `super`.
 */
function generatorBody({ node, lendsSuper }: FoundFunction, { runtime }: InjectedNames): Template {
  const async = node.async ? "async " : "";
  if (!lendsSuper) return { open: `${async}function* () `, close: "" };
  const outer = `${runtime}.superOf((key) => super[key], (key, value) => { super[key] = value; })`;
  return { open: `{ __proto__: ${outer}, ${async}*body() `, close: " }.body" };
}

/** A block stays one, with its statements in a thunk; one that waits awaits it, which costs one tick at its end. */
export function blockTemplate(found: FoundBlock, parts: SiteParts): Template {
  const { names, accessor, computed } = parts;
  const [first] = found.node.body;
  // Before a text, which at the start of a function would be a directive.
  const isText = first?.type === "ExpressionStatement" && first.expression.type === "Literal";
  const thunk = { open: isText ? "{;" : "{", close: "}" };
  if (found.isAsync) {
    const waiting = awaited("null", thunk, false, parts);
    return { open: ` ${waiting.open}`, close: waiting.close };
  }
  const last = computed === undefined ? "" : `, ${computed}`;
  return {
    open: ` ${names.runtime}.run(${accessor}, null, () => ${thunk.open}`,
    close: `${thunk.close}${last}); `,
  };
}

/**
 * Only the call itself runs in the span's context. What is called, the object it is
 * called on and the arguments are evaluated where they stand, in their order: the
 * runtime gives back a function that takes the arguments.
 */
export function calleeTemplate({ callee }: FoundCall, { names, accessor, computed }: SiteParts): Template {
  const { runtime } = names;
  const attributes = computed ?? "null";
  if (callee.type === "member") return { open: `${runtime}.callMember(${accessor}, ${attributes}, `, close: ")" };
  return {
    open: `${runtime}.call(${accessor}, ${attributes}, `,
    close: callee.isSuper ? ", this)" : ")",
  };
}

/** A lookup on what came before; `body` begins with the name of that. */
export function lookupTemplate(object: string, body: string): string {
  return `, (${object}) => ${body}`;
}
