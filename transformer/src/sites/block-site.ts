import { ancestors, walkOwn } from "../ast.js";
import { findHoisted, findJump, waits } from "./block-body.js";
import { isStrict } from "./body.js";
import { isDirectEval } from "./callee.js";
import type { FoundBlock } from "./found-site.js";
import { nameAround } from "./function-name.js";
import type { Site } from "./site.js";
import { fitsPlace, givenName, type SiteContext } from "./site-context.js";
import type { BlockTarget } from "./target.js";

/** The site of a tagged block; undefined where it can't be one, which is reported. */
export function blockSite(target: BlockTarget, context: SiteContext): FoundBlock | undefined {
  const { node, path } = target;
  const { kind, attributes, source, file } = context;
  // What the block declares itself is not there yet when the tag's expressions are evaluated.
  const outside = path.parent ?? path;
  const place = { path: outside, result: { type: "none", of: "block" } } as const;
  if (!fitsPlace(context, place) || !canBeFunction(target, context)) return undefined;
  const qualified = nameAround(path, source.text);
  const name = givenName(context) ?? kind;
  const site: Site = {
    id: `${file}#${qualified}:${name}`,
    kind,
    name,
    function: qualified,
    file,
    ...source.place(node.start),
    parameters: [],
    form: "block",
  };
  return { type: "block", site, node, path, attributes, isAsync: waits(node) };
}

/** Whether the block means the same as the body of a function; reports what is against it. */
function canBeFunction({ node, path }: BlockTarget, context: SiteContext): boolean {
  const { parsed, diagnostics, start, end } = context;
  const jump = findJump(node);
  if (jump !== undefined) {
    diagnostics.add("LLMOBS1030", jump.at.start, jump.at.end, { word: jump.word });
    return false;
  }
  const strict = isStrict(ancestors(path), parsed.hasModuleSyntax);
  const hoisted = findHoisted(path, node, strict);
  if (hoisted !== undefined) {
    diagnostics.add("LLMOBS1031", hoisted.at.start, hoisted.at.end, { word: hoisted.word });
    return false;
  }
  if (!strict && declaresByEval(node)) {
    diagnostics.add("LLMOBS1017", start, end, {
      what: "a block that calls `eval`",
      mend: "Call `eval` outside of it, or in strict mode.",
    });
    return false;
  }
  return true;
}

/** In sloppy mode what `eval` declares belongs to the function around the block. */
function declaresByEval(block: BlockTarget["node"]): boolean {
  let found = false;
  walkOwn(block, ({ node }) => {
    found ||= isDirectEval(node);
  });
  return found;
}
