import type { Node } from "oxc-parser";
import { ancestors, type FunctionNode, isGenerator, type Path } from "../ast.js";
import { bindingNames } from "../binding-names.js";
import { findRedeclared, isStrict } from "./body.js";
import type { ResultOfPlace } from "./check-attributes.js";
import type { FoundFunction } from "./found-site.js";
import { ANONYMOUS, functionName, nameInFile, qualifiedName } from "./function-name.js";
import { findOwnArguments } from "./generator-body.js";
import type { Site, SiteForm } from "./site.js";
import { fitsPlace, givenName, reportNameless, type SiteContext } from "./site-context.js";
import type { FunctionTarget } from "./target.js";

/** The site of a tagged function; undefined where it can't be one, which is reported. */
export function functionSite({ node, path, start }: FunctionTarget, context: SiteContext): FoundFunction | undefined {
  const { kind, attributes, source, file, parsed, diagnostics } = context;
  if (node.body === null) return undefined;
  const parameters = node.params.flatMap((parameter) => bindingNames(parameter));
  const around = [node, ...ancestors(path)];
  const form = formOf(node, path);
  if (!fitsPlace(context, { path, fn: node, result: resultOf(form) })) return undefined;
  const redeclared = findRedeclared(node, parameters, isStrict(around, parsed.hasModuleSyntax));
  if (redeclared.type === "unsafe") {
    diagnostics.add("LLMOBS1021", redeclared.at.start, redeclared.at.end, { word: redeclared.name });
    return undefined;
  }
  const own = functionName(path, source.text);
  if (own === undefined) reportNameless(context);
  if (form === "getter") diagnostics.add("LLMOBS1026", context.start, context.end, {});
  const generator = isGenerator(node) ? generatorFacts(node.body, form, source.text) : NO_GENERATOR;
  const generatorKind = node.async ? "async generator" : "generator";
  if (generator.lendsSuper && context.facts.lowered.has(generatorKind)) {
    diagnostics.add("LLMOBS1017", context.start, context.end, {
      what: `a ${generatorKind} that uses super and is compiled for an older target`,
      mend: "Raise the compiler's target, or move what uses super into a method of its own and call that.",
    });
    return undefined;
  }
  const inFile = nameInFile(path, source.text);
  const qualified = qualifiedName(path, inFile, source.text);
  const given = givenName(context);
  const site: Site = {
    id: `${file}#${qualified}${inFile === ANONYMOUS && given !== undefined ? `(${given})` : ""}`,
    kind,
    name: given ?? own ?? kind,
    function: qualified,
    file,
    ...source.place(start),
    parameters: [...new Set(parameters)],
    form,
  };
  return {
    type: "function",
    site,
    node,
    path,
    attributes,
    ...generator,
    redeclared: redeclared.names,
  };
}

const NO_GENERATOR = { ownArguments: [], lendsArguments: false, lendsSuper: false } as const;

/** What its body, a function of its own, needs of the generator. Text tells, in which `eval` and tags may name it too. */
function generatorFacts(body: Node, form: SiteForm, source: string) {
  const text = source.slice(body.start, body.end);
  return {
    ownArguments: findOwnArguments(body),
    lendsArguments: /\barguments\b/.test(text),
    lendsSuper: form === "method" && /\bsuper\b/.test(text),
  };
}

function resultOf(form: SiteForm): ResultOfPlace {
  return form === "setter" ? { type: "none", of: "setter" } : { type: "value" };
}

function formOf(fn: FunctionNode, { parent }: Path): SiteForm {
  if (parent !== null && "kind" in parent.node) {
    if (parent.node.kind === "get") return "getter";
    if (parent.node.kind === "set") return "setter";
  }
  if (fn.type === "ArrowFunctionExpression") return "arrow";
  const isMethod = parent?.node.type === "MethodDefinition" || (parent?.node.type === "Property" && parent.node.method);
  return isMethod ? "method" : "function";
}
