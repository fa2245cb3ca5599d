import type { Node } from "oxc-parser";
import { isFunction, type Path, walk } from "../ast.js";
import type { Step, Value } from "./outline.js";
import type { Values } from "./values.js";

/**
 * What the code of each unit may lead to, by the unit's number. What is written in a unit counts as run by it,
 * but for other functions that are traced: they run when they are called.
 */
export function findSteps(
  program: Node,
  units: ReadonlyMap<Node, number>,
  traced: ReadonlySet<Node>,
  values: Values,
): readonly (readonly Step[])[] {
  const found: { readonly end: number; readonly step: Step }[][] = Array.from({ length: units.size }, () => []);
  walk(program, (path) => {
    const { node } = path;
    const around = unitAround(path, units);
    if (around === undefined) return true;
    const unit = units.get(node);
    const isCalled = isFunction(node) && traced.has(node);
    const own: readonly Step[] = unit === undefined || isCalled ? [] : [{ type: "runs", unit }];
    for (const step of [...own, ...stepsAt(path, values)]) found[around]?.push({ end: node.end, step });
    return true;
  });
  // Arguments are evaluated before their call.
  return found.map((steps) => steps.sort((a, b) => a.end - b.end).map(({ step }) => step));
}

function unitAround({ parent }: Path, units: ReadonlyMap<Node, number>): number | undefined {
  for (let at = parent; at !== null; at = at.parent) {
    const unit = units.get(at.node);
    if (unit !== undefined) return unit;
  }
  return undefined;
}

function stepsAt(path: Path, values: Values): readonly Step[] {
  const { node } = path;
  switch (node.type) {
    case "CallExpression":
      return node.callee.type === "Super"
        ? step("constructs", values.superClassAt(path))
        : step("calls", values.of({ node: node.callee, parent: path }));
    case "NewExpression":
      return step("constructs", values.of({ node: node.callee, parent: path }));
    case "TaggedTemplateExpression":
      return step("calls", values.of({ node: node.tag, parent: path }));
    case "MemberExpression": {
      const member = values.member(node, path);
      if (member === undefined) return [];
      const assignment = path.parent?.node;
      const isWritten = assignment?.type === "AssignmentExpression" && assignment.left === node;
      const isRead = !isWritten || assignment.operator !== "=";
      return [
        ...(isRead ? [{ type: "reads", member } as const] : []),
        ...(isWritten ? [{ type: "writes", member } as const] : []),
      ];
    }
    default:
      return [];
  }
}

function step(type: "calls" | "constructs", value: Value | undefined): readonly Step[] {
  return value === undefined ? [] : [{ type, value }];
}
