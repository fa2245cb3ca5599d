import type { Program } from "oxc-parser";
import { isGenerator } from "../ast.js";
import type { Language, ModuleFormat, ParsedFile } from "../parse.js";
import { directivesOf } from "../sites/body.js";
import type { FoundBlock, FoundCall, FoundFunction, FoundSite } from "../sites/found-site.js";
import { calledAt, type MovedPlace } from "./called-at.js";
import { chooseNames, type InjectedNames } from "./injected-names.js";
import { lentArguments } from "./lent-arguments.js";
import { computedAttributes, endAttributes, siteDefinition } from "./site-definition.js";
import { blockTemplate, calleeTemplate, functionTemplate, type SiteParts } from "./templates.js";

/** What happens to one site of a file. */
export type Rewriting = BodyRewriting | CallRewriting;

/** A body of a function, or a block, that gets code before and behind it. */
export interface BodyRewriting {
  readonly type: "function" | "block";
  /** The body from `{` to behind `}`, or the expression. */
  readonly start: number;
  readonly end: number;
  readonly isExpression: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Names in the body that would mean something else inside the template. */
  readonly renamings: readonly Renaming[];
  /** Behind the `{` and any directives, or before the expression. */
  readonly openAt: number;
  readonly open: string;
  /** Before the `}`, or behind the expression. */
  readonly closeAt: number;
  readonly close: string;
}

/** A name at an offset that gives way to another one; in `{ name }` the key stays. */
export interface Renaming {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly isShorthand: boolean;
}

/** A call whose callee becomes a call of the runtime, which gives back what takes the arguments. */
export interface CallRewriting {
  readonly type: "call";
  readonly start: number;
  readonly end: number;
  /** What is called, a member without parentheses and type syntax around it. */
  readonly calleeStart: number;
  readonly calleeEnd: number;
  readonly open: string;
  /** Behind each object that something is looked up on. From there on it is a function of `object`. */
  readonly lookups: readonly number[];
  readonly object: string;
  readonly close: string;
  /** Where the arguments get a `?.`: what is called may come out as undefined to leave the call out. */
  readonly skipAt: number | undefined;
  /** Where engines say the call is; undefined where that stays the same. */
  readonly calledAt: MovedPlace | undefined;
}

/** Everything that is done to a file, for either printer. */
export interface Plan {
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
    rewritings: found.flatMap((each, index) => rewriting(source, each, siteParts(each, index, found, names, parsed))),
    runtimeName: names.runtime,
    runtime,
    accessors: found.map((each, index) => accessor(names.site(index), names.runtime, each, source)),
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

function accessor(name: string, runtime: string, found: FoundSite, source: string): string {
  const atEnd = endAttributes(found.attributes);
  const last = atEnd.length === 0 ? "" : `, ${JSON.stringify(atEnd)}`;
  return `function ${name}() { return ${name}.value ??= ${runtime}.site(${siteDefinition(found, source)}${last}); }`;
}

function siteParts(
  each: FoundSite,
  index: number,
  all: readonly FoundSite[],
  names: InjectedNames,
  { language }: { readonly language: Language },
): SiteParts {
  const attributes = lentArguments(each, all, names, language);
  return { names, accessor: `${names.site(index)}()`, computed: computedAttributes(attributes) };
}

function rewriting(source: string, found: FoundSite, parts: SiteParts): readonly Rewriting[] {
  switch (found.type) {
    case "function":
      return bodyRewriting(source, found, parts);
    case "call":
      return [callRewriting(source, found, parts)];
    case "block":
      return [blockRewriting(found, parts)];
  }
}

function bodyRewriting(source: string, found: FoundFunction, parts: SiteParts): readonly BodyRewriting[] {
  const { node, ownArguments } = found;
  const { body } = node;
  if (body === null) return [];
  const { open, close } = functionTemplate(found, parts);
  const shared = {
    type: "function",
    start: body.start,
    end: body.end,
    isAsync: node.async,
    isGenerator: isGenerator(node),
    renamings: ownArguments.map((use) => ({ ...use, name: parts.names.arguments })),
    close,
  } as const;
  if (body.type !== "BlockStatement") {
    return [{ ...shared, isExpression: true, open, openAt: body.start, closeAt: body.end }];
  }
  const prologueEnd = directivesOf(node).at(-1)?.end;
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

function blockRewriting(found: FoundBlock, parts: SiteParts): BodyRewriting {
  const { node, isAsync } = found;
  return {
    type: "block",
    start: node.start,
    end: node.end,
    isExpression: false,
    isAsync,
    isGenerator: false,
    renamings: [],
    ...blockTemplate(found, parts),
    openAt: node.start + 1,
    closeAt: node.end - 1,
  };
}

function callRewriting(source: string, found: FoundCall, parts: SiteParts): CallRewriting {
  const { node, callee } = found;
  const skips = callee.type === "member" && callee.mayBeLeftOut && !node.optional;
  return {
    type: "call",
    start: node.start,
    end: node.end,
    calleeStart: callee.node.start,
    calleeEnd: callee.node.end,
    ...calleeTemplate(found, parts),
    lookups: callee.type === "member" ? callee.lookups : [],
    object: parts.names.object,
    skipAt: skips ? node.callee.end : undefined,
    calledAt: calledAt(node, source),
  };
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
