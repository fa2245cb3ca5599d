import { colours, printable, shorten } from "../terminal/output.js";
import type { TerminalSpan } from "./span.js";
import { flatten, type TreeNode } from "./tree.js";

const MOST_TRACES = 20;

type Paint = ReturnType<typeof colours>;

interface Row {
  readonly branch: string;
  readonly span: TerminalSpan;
}

/** Traces as text: per span kind, name, duration, tokens, error and source place. */
export function printTrees(trees: readonly TreeNode[], stream: NodeJS.WriteStream): string {
  const paint = colours(stream);
  const shown = trees.slice(-MOST_TRACES);
  const hidden = trees.length - shown.length;
  const blocks = shown.map((tree) => printTree(tree, paint));
  return [...(hidden > 0 ? [paint.dim(`… ${hidden} earlier traces not shown`)] : []), ...blocks].join("\n\n");
}

function printTree(tree: TreeNode, paint: Paint): string {
  const rows = layOut(tree, "", "");
  const width = Math.max(...rows.map(({ branch, span }) => branch.length + label(span).length));
  return [heading(tree, paint), ...rows.map((row) => printRow(row, width, paint))].join("\n");
}

function layOut(node: TreeNode, branch: string, indent: string): readonly Row[] {
  return [
    { branch, span: node.span },
    ...node.children.flatMap((child, index) => {
      const isLast = index === node.children.length - 1;
      return layOut(child, `${indent}${isLast ? "└─ " : "├─ "}`, `${indent}${isLast ? "   " : "│  "}`);
    }),
  ];
}

function heading(tree: TreeNode, paint: Paint): string {
  const spans = flatten(tree);
  const tokens = spans.reduce((sum, span) => sum + (span.inputTokens ?? 0) + (span.outputTokens ?? 0), 0);
  const errors = spans.filter(({ error }) => error !== undefined).length;
  const { traceId, sessionId } = tree.span;
  return [
    paint.bold(`trace ${traceId}`),
    ...(sessionId === undefined ? [] : [`session ${printable(sessionId)}`]),
    count(spans.length, "span"),
    ...(tokens === 0 ? [] : [count(tokens, "token")]),
    ...(errors === 0 ? [] : [paint.red(count(errors, "error"))]),
  ].join("  ");
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

function label({ kind, name }: TerminalSpan): string {
  return `${kind} ${shorten(printable(name), 60)}`;
}

function printRow({ branch, span }: Row, width: number, paint: Paint): string {
  const { kind, error, durationNs, place, model } = span;
  const text = label(span);
  const padding = " ".repeat(width - branch.length - text.length);
  const painted = (error === undefined ? paint.cyan : paint.red)(kind) + text.slice(kind.length);
  const cells = [
    paint.dim(branch) + painted + padding,
    (durationNs === undefined ? "unfinished" : duration(durationNs)).padStart(10),
    tokens(span).padEnd(13),
    ...(model === undefined ? [] : [printable(model)]),
    ...(place === undefined ? [] : [paint.dim(printable(place))]),
    ...(error === undefined ? [] : [paint.red(shorten(printable(error), 100))]),
  ];
  return cells.join("  ").trimEnd();
}

function duration(nanoseconds: number): string {
  const milliseconds = nanoseconds / 1e6;
  if (milliseconds < 10) return `${milliseconds.toFixed(2)} ms`;
  if (milliseconds < 1000) return `${milliseconds.toFixed(0)} ms`;
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function tokens({ inputTokens, outputTokens }: TerminalSpan): string {
  if (inputTokens === undefined && outputTokens === undefined) return "";
  return `${inputTokens ?? 0} → ${outputTokens ?? 0} tok`;
}
