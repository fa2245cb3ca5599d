import { isGenerator } from "../ast.js";
import type { FoundSite } from "../sites/find-sites.js";
import type { InjectedNames } from "./injected-names.js";
import { computedAttributes } from "./site-definition.js";

/** The text put before and behind a body. Together with the body it is one valid function body or expression. */
export interface Template {
  readonly open: string;
  readonly close: string;
}

/**
 * The shapes of generated code. The body becomes a thunk in place: an arrow keeps
 * `this`, `arguments`, `super` and `new.target` as they are. An async function
 * keeps its keyword and awaits the thunk itself, which costs one tick and keeps
 * async stack traces and unhandled rejections as they are. A generator stays one
 * and delegates to its body, driven step by step; that body is a function of its
 * own, called with the same `this` and reading the outer one's `arguments`.
 */
export function bodyTemplate(found: FoundSite, index: number, names: InjectedNames): Template {
  const { fn, site, attributes, redeclared } = found;
  const input = site.parameters.length === 0 ? "null" : `() => ({ ${site.parameters.join(", ")} })`;
  const computed = computedAttributes(attributes);
  const last = computed === undefined ? "" : `, ${computed}`;
  const { runtime, span, error } = names;
  const accessor = `${names.site(index)}()`;
  const isExpression = fn.body?.type !== "BlockStatement";

  const carry = redeclared.map((name, at) => `const ${names.carried(at)} = ${name}; `).join("");
  const restore = redeclared.map((name, at) => ` ${name} = ${names.carried(at)};`).join("");
  const [thunkOpen, thunkClose] = isExpression ? ["(", ")"] : [`{${restore}`, "}"];

  if (isGenerator(fn)) {
    const own = found.ownArguments.length === 0 ? "" : `const ${names.arguments} = arguments; `;
    const drive = fn.async ? "asyncGenerator" : "generator";
    const inner = `${fn.async ? "async " : ""}function* ()`;
    return {
      open: ` ${own}${carry}return yield* ${runtime}.${drive}(${accessor}, ${input}, (${inner} ${thunkOpen}`,
      close: `${thunkClose}).call(this)${last}) `,
    };
  }
  if (!fn.async) {
    const open = `${runtime}.run(${accessor}, ${input}, () => ${thunkOpen}`;
    const close = `${thunkClose}${last})`;
    return isExpression ? { open, close } : { open: ` ${carry}return ${open}`, close: `${close} ` };
  }
  const open =
    ` ${carry}const ${span} = ${runtime}.open(${accessor}, ${input}${last}); ` +
    `try { return ${span}.ok(await ${span}.run(async () => ${thunkOpen}`;
  const close = `${thunkClose})) } catch (${error}) { throw ${span}.err(${error}) } `;
  return isExpression ? { open: `{${open}`, close: `${close}}` } : { open, close };
}
