import type { Comment, Node } from "oxc-parser";
import { isFunction, type Path, walk } from "../ast.js";
import { type Language, parseExpression } from "../parse.js";
import { eachReference } from "../scope/references.js";
import { resolve } from "../scope/resolve.js";

/** An attribute's expression, checked by itself and brought onto one line. */
export interface Expression {
  readonly type: "expression";
  /** Source text without line ends, so that inserting it moves no line. */
  readonly text: string;
  /** Uses `result`, so it can only be evaluated at the end. */
  readonly usesResult: boolean;
  /** What it reads from outside itself, in source order. */
  readonly reads: readonly Read[];
}

/** Something whose meaning depends on where an expression stands, as written from `start` to `end`. */
export interface Read {
  readonly what: "name" | "this" | "super" | "super()" | "private name" | "import.meta" | "new.target";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type ExpressionFault =
  | { readonly type: "syntax"; readonly reason: string }
  | { readonly type: "waits"; readonly keyword: "await" | "yield" };

/** Places in the result count from the start of `text`. */
export function readExpression(text: string, language: Language): Expression | ExpressionFault {
  const parsed = parseExpression(text, language);
  if ("reason" in parsed) return { type: "syntax", reason: parsed.reason };
  const { expression, comments } = parsed;
  const waits = findWait(expression);
  if (waits !== undefined) return { type: "waits", keyword: waits };
  const oneLine = onOneLine(text, expression, comments);
  if ("reason" in parseExpression(oneLine, language)) {
    return { type: "syntax", reason: "it needs its line ends" };
  }
  const reads = findReads(expression);
  const usesResult = reads.some(({ what, text: name }) => what === "name" && name === "result");
  return { type: "expression", text: oneLine, usesResult, reads };
}

/** Parsing an expression puts one `(` before it. */
const BEFORE = 1;

function findWait(expression: Node): "await" | "yield" | undefined {
  let found: "await" | "yield" | undefined;
  walk(expression, ({ node }) => {
    if (node.type === "AwaitExpression") found = "await";
    if (node.type === "YieldExpression") found = "yield";
    return !isFunction(node);
  });
  return found;
}

function findReads(expression: Node): readonly Read[] {
  const reads: Read[] = [];
  const add = (what: Read["what"], text: string, { start, end }: Node) =>
    reads.push({ what, text, start: start - BEFORE, end: end - BEFORE });
  eachReference(expression, ({ name, node, path }) => {
    if (resolve(name, path) !== "value") add("name", name, node);
  });
  walk(expression, (path) => {
    const { node } = path;
    if (node.type === "ThisExpression" && !isInFunction(path)) add("this", "this", node);
    if (node.type === "Super" && !isInFunction(path)) {
      if (path.parent?.node.type === "CallExpression") add("super()", "super()", node);
      else add("super", "super", node);
    }
    if (node.type === "MetaProperty" && node.meta.name === "import") add("import.meta", "import.meta", node);
    if (node.type === "MetaProperty" && node.meta.name === "new" && !isInFunction(path)) {
      add("new.target", "new.target", node);
    }
    if (node.type === "PrivateIdentifier" && !isInClass(path)) add("private name", `#${node.name}`, node);
    return true;
  });
  return reads.sort((a, b) => a.start - b.start);
}

/** Inside something of the expression's own that has its own `this`. */
function isInFunction(path: Path): boolean {
  for (let at = path.parent; at !== null; at = at.parent) {
    const { type } = at.node;
    if (type === "FunctionExpression" || type === "PropertyDefinition" || type === "StaticBlock") return true;
  }
  return false;
}

function isInClass(path: Path): boolean {
  for (let at = path.parent; at !== null; at = at.parent) if (at.node.type === "ClassBody") return true;
  return false;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Comments and line ends become blanks, line ends in texts their escape. */
function onOneLine(text: string, expression: Node, comments: readonly Comment[]): string {
  const texts: Range[] = [];
  walk(expression, ({ node }) => {
    if (node.type === "TemplateElement" || (node.type === "Literal" && typeof node.value === "string"))
      texts.push(node);
    return undefined;
  });
  const replaced = [
    ...comments.map(({ start, end }) => ({ start, end, by: " " })),
    ...[...text.matchAll(/(\\*)(\r\n|[\n\r\u2028\u2029])/g)].map(
      ({ index, 0: found, 1: slashes = "", 2: lineEnd = "" }) => ({
        start: index + BEFORE,
        end: index + BEFORE + found.length,
        by: inText(texts, index + BEFORE) ? escaped(slashes, lineEnd) : " ",
      }),
    ),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  let out = "";
  let at = BEFORE;
  for (const { start, end, by } of replaced) {
    if (start < at) continue;
    out += text.slice(at - BEFORE, start - BEFORE) + by;
    at = end;
  }
  return (out + text.slice(at - BEFORE)).trim();
}

function inText(texts: readonly Range[], offset: number): boolean {
  return texts.some(({ start, end }) => offset >= start && offset < end);
}

/** A line end in a text reads as `\n`; with a backslash that no other one escapes it is no part of it. */
function escaped(slashes: string, lineEnd: string): string {
  if (slashes.length % 2 === 1) return slashes.slice(1);
  if (lineEnd === "\u2028") return `${slashes}\\u2028`;
  return `${slashes}${lineEnd === "\u2029" ? "\\u2029" : "\\n"}`;
}
