import { ancestors, isFunction, walk } from "../ast.js";
import { calledThing, calleeName } from "./callee.js";
import type { FoundCall } from "./found-site.js";
import { nameAround } from "./function-name.js";
import { resultUse } from "./result-use.js";
import type { Site } from "./site.js";
import { fitsPlace, givenName, reportNameless, type SiteContext } from "./site-context.js";
import type { CallTarget } from "./target.js";

/** The site of a tagged call; undefined where it can't be one, which is reported. */
export function callSite({ node, path }: CallTarget, context: SiteContext): FoundCall | undefined {
  const { kind, attributes, source, file, diagnostics, start, end } = context;
  const around = ancestors(path);
  if (!fitsPlace(context, { path, result: { type: "value" } })) return undefined;
  const callee = calledThing(node, around);
  if ("what" in callee) {
    diagnostics.add("LLMOBS1017", start, end, callee);
    return undefined;
  }
  const own = calleeName(callee, source.text);
  if (own === undefined) reportNameless(context);
  const runsOnce = !around.some((each) => isFunction(each) || each.type === "ClassBody");
  if (runsOnce && holdsFunction(node)) diagnostics.add("LLMOBS1033", start, end, {});
  const qualified = nameAround(path, source.text);
  const site: Site = {
    id: `${file}#${qualified}:${own ?? kind}`,
    kind,
    name: givenName(context) ?? own ?? kind,
    function: qualified,
    file,
    ...source.place(node.start),
    parameters: [],
    form: "call",
  };
  return { type: "call", site, node, path, attributes, callee, returns: resultUse(path) };
}

/** Whether a function literal is among the arguments, or in one of them. */
function holdsFunction(call: CallTarget["node"]): boolean {
  let found = false;
  for (const argument of call.arguments) {
    walk(argument, ({ node }) => {
      found ||= isFunction(node);
      return !found;
    });
  }
  return found;
}
