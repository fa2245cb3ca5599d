import type { Program } from "oxc-parser";
import { isGenerator } from "../ast.js";
import type { ModuleFormat, ParsedFile } from "../parse.js";
import { directivesOf } from "../sites/body.js";
import type { FoundSite } from "../sites/find-sites.js";
import { chooseNames, type InjectedNames } from "./injected-names.js";
import { endAttributes, siteDefinition } from "./site-definition.js";
import { bodyTemplate, type Template } from "./templates.js";

/** A name at an offset that gives way to another one; in `{ name }` the key stays. */
export interface Renaming {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly isShorthand: boolean;
}

/** What happens to one function body. */
export interface Rewriting extends Template {
  /** The body from `{` to behind `}`, or the expression. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly isExpression: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Names in the body that would mean something else inside the template. */
  readonly renamings: readonly Renaming[];
  /** Behind the `{` and any directives, or before the expression. */
  readonly openAt: number;
  /** Before the `}`, or behind the expression. */
  readonly closeAt: number;
}

/** Everything that is done to a file, for either printer. */
export interface Plan {
  /** Innermost first, so that texts inserted at one offset nest. */
  readonly rewritings: readonly Rewriting[];
  readonly runtimeName: string;
  readonly runtime: string;
  /** One hoisted function a site, each returning the site's constant. */
  readonly accessors: readonly string[];
  /** Where import and accessors go: before the first statement that is not a directive. */
  readonly headerAt: number;
}

export function planFile(source: string, found: readonly FoundSite[], parsed: ParsedFile, runtime: string): Plan {
  const names = chooseNames(source);
  return {
    rewritings: found
      .flatMap((each, index) => rewriting(source, each, bodyTemplate(each, index, names), names))
      .sort((a, b) => b.bodyStart - a.bodyStart),
    runtimeName: names.runtime,
    runtime,
    accessors: found.map((each, index) => accessor(names.site(index), names.runtime, each)),
    headerAt: headerOffset(source, parsed),
  };
}

/** The statement that makes the runtime available, for the text printer. */
export function runtimeImport({ runtimeName, runtime }: Plan, format: Exclude<ModuleFormat, "script">): string {
  const specifier = JSON.stringify(runtime);
  return format === "module"
    ? `import * as ${runtimeName} from ${specifier};`
    : `const ${runtimeName} = require(${specifier});`;
}

function accessor(name: string, runtime: string, found: FoundSite): string {
  const atEnd = endAttributes(found.attributes);
  const last = atEnd.length === 0 ? "" : `, ${JSON.stringify(atEnd)}`;
  return `function ${name}() { return ${name}.value ??= ${runtime}.site(${siteDefinition(found)}${last}); }`;
}

function rewriting(
  source: string,
  { fn, ownArguments }: FoundSite,
  { open, close }: Template,
  names: InjectedNames,
): readonly Rewriting[] {
  const { body } = fn;
  if (body === null) return [];
  const shared = {
    bodyStart: body.start,
    bodyEnd: body.end,
    isAsync: fn.async,
    isGenerator: isGenerator(fn),
    renamings: ownArguments.map((use) => ({ ...use, name: names.arguments })),
    close,
  };
  if (body.type !== "BlockStatement") {
    return [{ ...shared, isExpression: true, open, openAt: body.start, closeAt: body.end }];
  }
  const prologueEnd = directivesOf(fn).at(-1)?.end;
  const separator = prologueEnd === undefined || source[prologueEnd - 1] === ";" ? "" : ";";
  return [
    {
      ...shared,
      isExpression: false,
      open: separator + open,
      openAt: prologueEnd ?? body.start + 1,
      closeAt: body.end - 1,
    },
  ];
}

/** Comments that say something about the statement they precede must keep preceding it. */
const ANNOTATION = /[@#]__\w+__|\b(?:istanbul|v8|c8) ignore\b/;

function headerOffset(source: string, { program, comments }: ParsedFile): number {
  const first = firstStatement(program);
  const start = first?.start ?? source.length;
  const previousEnd = first === undefined ? 0 : (program.body[program.body.indexOf(first) - 1]?.end ?? 0);
  const annotation = comments.find(
    (comment) => comment.start >= previousEnd && comment.end <= start && ANNOTATION.test(comment.value),
  );
  return annotation?.start ?? start;
}

function firstStatement(program: Program): Program["body"][number] | undefined {
  return program.body.find(
    (node) => !(node.type === "ExpressionStatement" && "directive" in node && typeof node.directive === "string"),
  );
}
