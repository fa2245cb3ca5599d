import { isFunction, type Node, type Path, unwrap } from "../ast.js";

/** How a function leaves its module: what is sent as text finds nothing there of what is around it here. */
export interface SentAsText {
  /** False where the name of the method alone speaks for it. */
  readonly isCertain: boolean;
  /** What sends it, as one would say it: `page.$eval`. */
  readonly by: string;
}

/** Methods that put a function's text into a browser: of puppeteer, playwright, webdriver and chrome.scripting. */
const SENDING_METHODS = new Set([
  "$eval",
  "$$eval",
  "evaluateHandle",
  "evaluateOnNewDocument",
  "addInitScript",
  "waitForFunction",
  "executeScript",
  "executeAsyncScript",
]);

/** Whether a function, or one around it, is written directly where its text is taken. */
export function sentAsText(path: Path, source: string): SentAsText | undefined {
  for (let at: Path | null = path; at !== null; at = at.parent) {
    const found = isFunction(at.node) ? sender(at, source) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function sender(path: Path, source: string): SentAsText | undefined {
  let at = path;
  while (at.parent !== null && unwrap(at.parent.node) === path.node) at = at.parent;
  const holder = at.parent?.node;
  switch (holder?.type) {
    case "CallExpression":
      return holder.callee === at.node ? undefined : sentByCall(holder.callee, source);
    case "NewExpression":
      if (holder.callee === at.node || !/(?:Worker|Function)$/.test(textOf(holder.callee, source))) return undefined;
      return { isCertain: false, by: `new ${textOf(holder.callee, source)}` };
    case "MemberExpression":
      return memberName(holder) === "toString" ? { isCertain: true, by: "toString" } : undefined;
    case "BinaryExpression":
      return holder.operator === "+" ? { isCertain: true, by: "+" } : undefined;
    case "TemplateLiteral":
      // A template's own function is handed the function as it is.
      return at.parent?.parent?.node.type === "TaggedTemplateExpression"
        ? undefined
        : { isCertain: true, by: "a template" };
    case "Property":
      return memberOfArgument(at.parent, source);
    default:
      return undefined;
  }
}

/** `chrome.scripting.executeScript({ target, func })`. */
function memberOfArgument(property: Path | null, source: string): SentAsText | undefined {
  const call = property?.parent?.parent?.node;
  const found = call?.type === "CallExpression" ? sentByCall(call.callee, source) : undefined;
  return found?.isCertain === true ? found : undefined;
}

function sentByCall(callee: Node, source: string): SentAsText | undefined {
  const called = unwrap(callee);
  if (called.type === "Identifier") return called.name === "String" ? { isCertain: true, by: "String" } : undefined;
  const method = memberName(called);
  if (method === undefined) return undefined;
  const by = textOf(called, source);
  if (SENDING_METHODS.has(method)) return { isCertain: true, by };
  return method.startsWith("evaluate") ? { isCertain: false, by } : undefined;
}

function memberName(node: Node): string | undefined {
  return node.type === "MemberExpression" && !node.computed && node.property.type === "Identifier"
    ? node.property.name
    : undefined;
}

function textOf({ start, end }: Node, source: string): string {
  return source.slice(start, end).replace(/\s+/g, "");
}
