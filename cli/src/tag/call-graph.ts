import { ts } from "ts-morph";
import type { Call, CallReader, Evidence } from "./calls.js";
import type { Mark } from "./marks.js";
import type { TypedProgram } from "./program.js";
import { findUnits, isFunctionNode, type Unit } from "./units.js";

/** What is known of a unit. */
export interface UnitFacts {
  readonly unit: Unit;
  /** What it does itself, through packages. */
  readonly evidence: readonly Evidence[];
  /** The project's units that it calls, or hands to something that does; each with the first place. */
  readonly callees: ReadonlyMap<Unit, ts.Node>;
  /** What a package, or a table of tools, uses it as. */
  readonly role: Exclude<Mark["type"], "traces"> | undefined;
  /** Some module runs it when it is loaded. */
  readonly isRunAtLoad: boolean;
}

/** Who calls whom among the project's functions, and what packages they use. */
export class CallGraph {
  readonly facts: ReadonlyMap<Unit, UnitFacts>;
  readonly callers: ReadonlyMap<Unit, readonly Unit[]>;

  constructor({ sources }: TypedProgram, reader: CallReader) {
    const found = sources.map((file) =>
      findUnits(file, (node) => reader.marksOfPlace(node).length > 0 || isHandler(node)),
    );
    const units = found.flatMap((each) => each.units);
    const targets = new Targets(units, reader);
    const runAtLoad = new Set(found.flatMap(({ module }) => module.calls.flatMap((call) => targets.ofCall(call))));
    const roles = new Map(units.map((unit) => [unit, roleOf(unit, reader)]));
    for (const { calls } of [...units, ...found.map(({ module }) => module)]) {
      for (const [unit, role] of calls.flatMap((call) => givenRoles(call, reader, targets))) roles.set(unit, role);
    }
    for (const unit of units)
      for (const tool of toolTable(unit, targets)) if (roles.get(tool) === undefined) roles.set(tool, "tool");

    this.facts = new Map(
      units.map((unit) => [
        unit,
        {
          unit,
          evidence: unit.calls.flatMap((call) => reader.evidence(call) ?? []),
          callees: calleesOf(unit, targets),
          role: roles.get(unit),
          isRunAtLoad: runAtLoad.has(unit),
        },
      ]),
    );
    const callers = new Map<Unit, Unit[]>();
    for (const { unit, callees } of this.facts.values()) {
      for (const callee of callees.keys()) callers.set(callee, [...(callers.get(callee) ?? []), unit]);
    }
    this.callers = callers;
  }
}

/** Which units calls and values mean. */
class Targets {
  readonly #byDeclaration = new Map<ts.Node, Unit>();
  /** Methods by name, with the interfaces and base classes of their class. */
  readonly #methods = new Map<string, { readonly unit: Unit; readonly bases: readonly ts.Node[] }[]>();
  readonly #reader: CallReader;

  constructor(units: readonly Unit[], reader: CallReader) {
    this.#reader = reader;
    for (const unit of units) {
      this.#byDeclaration.set(unit.declaration, unit);
      const holder = unit.declaration.parent;
      if (unit.name === undefined || !ts.isClassLike(holder)) continue;
      const bases = (holder.heritageClauses ?? []).flatMap(({ types }) =>
        types.flatMap(({ expression }) => reader.declarations(expression)),
      );
      this.#methods.set(unit.name, [...(this.#methods.get(unit.name) ?? []), { unit, bases }]);
    }
  }

  ofCall(call: Call): readonly Unit[] {
    const passed = (call.arguments ?? []).flatMap((argument) => this.#ofValue(argument));
    return ts.isNewExpression(call) ? passed : [...this.of(call.expression), ...passed];
  }

  of(expression: ts.Node): readonly Unit[] {
    return this.#reader.declarations(expression).flatMap((declaration) => {
      const own = this.#byDeclaration.get(declaration);
      if (own !== undefined) return [own];
      if (ts.isShorthandPropertyAssignment(declaration)) return this.of(declaration.name);
      if (
        ts.isMethodSignature(declaration) ||
        ts.isPropertySignature(declaration) ||
        ts.isMethodDeclaration(declaration)
      ) {
        return this.#implementations(declaration);
      }
      return [];
    });
  }

  /** A function that is handed over: by name, or in an object. */
  #ofValue(value: ts.Expression): readonly Unit[] {
    if (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value)) return this.of(value);
    return [];
  }

  #implementations(declaration: ts.MethodSignature | ts.PropertySignature | ts.MethodDeclaration): readonly Unit[] {
    if (declaration.name === undefined || !ts.isIdentifier(declaration.name)) return [];
    return (this.#methods.get(declaration.name.text) ?? [])
      .filter(({ bases }) => bases.includes(declaration.parent))
      .map(({ unit }) => unit);
  }

  valueIn(object: ts.ObjectLiteralExpression): readonly Unit[] {
    return object.properties.flatMap((property) => {
      const own = this.#byDeclaration.get(property);
      if (own !== undefined) return [own];
      if (ts.isShorthandPropertyAssignment(property)) {
        return this.#reader.shorthandDeclarations(property).flatMap((each) => this.#byDeclaration.get(each) ?? []);
      }
      return ts.isPropertyAssignment(property) ? this.#ofValue(property.initializer) : [];
    });
  }

  objectOf(expression: ts.Expression): ts.ObjectLiteralExpression | undefined {
    for (const declaration of this.#reader.declarations(expression)) {
      if (!ts.isVariableDeclaration(declaration) && !ts.isPropertyDeclaration(declaration)) continue;
      let value = declaration.initializer;
      while (value !== undefined && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)))
        value = value.expression;
      if (value !== undefined && ts.isObjectLiteralExpression(value)) return value;
    }
    return undefined;
  }
}

function calleesOf(unit: Unit, targets: Targets): ReadonlyMap<Unit, ts.Node> {
  const callees = new Map<Unit, ts.Node>();
  for (const call of unit.calls) {
    for (const target of targets.ofCall(call)) if (target !== unit && !callees.has(target)) callees.set(target, call);
  }
  return callees;
}

function roleOf(unit: Unit, reader: CallReader): UnitFacts["role"] {
  const place = ts.isMethodDeclaration(unit.node) ? unit.node : outermost(unit.node);
  for (const { type } of reader.marksOfPlace(place)) if (type !== "traces") return type;
  return isHandler(unit.node) ? "handler" : undefined;
}

function outermost(node: ts.Node): ts.Node {
  let outer = node;
  while (ts.isParenthesizedExpression(outer.parent) || ts.isAsExpression(outer.parent)) outer = outer.parent;
  return outer;
}

/** Roles of functions that a call is given by name: `tool(getWeather, …)`, `{ execute: getWeather }`. */
function givenRoles(
  call: Call,
  reader: CallReader,
  targets: Targets,
): readonly (readonly [Unit, Exclude<Mark["type"], "traces">])[] {
  const given: (readonly [Unit, Exclude<Mark["type"], "traces">])[] = [];
  const look = (value: ts.Node): void => {
    if (ts.isObjectLiteralExpression(value)) {
      for (const property of value.properties) {
        if (ts.isPropertyAssignment(property)) look(property.initializer);
        else if (ts.isShorthandPropertyAssignment(property)) give(property, reader.marksOfPlace(property));
      }
    } else if (ts.isArrayLiteralExpression(value)) value.elements.forEach(look);
    else if (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value)) give(value, reader.marksOfPlace(value));
  };
  const give = (value: ts.Node, marks: readonly Mark[]): void => {
    for (const { type } of marks) if (type !== "traces") for (const unit of targets.of(value)) given.push([unit, type]);
  };
  for (const argument of call.arguments ?? []) look(argument);
  return given;
}

/** `tools[call.function.name](…)` and `switch (call.name) { case "search": return search(…) }` mean that those functions are tools. */
function toolTable(unit: Unit, targets: Targets): readonly Unit[] {
  if (!MODEL_TOOL_CALL.test(unit.node.getText())) return [];
  const tools: Unit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isElementAccessExpression(node) && TOOL_NAME.test(node.argumentExpression.getText())) {
      const table = targets.objectOf(node.expression);
      if (table !== undefined) tools.push(...targets.valueIn(table));
    }
    if (ts.isSwitchStatement(node) && TOOL_NAME.test(node.expression.getText())) {
      for (const clause of node.caseBlock.clauses) {
        if (ts.isCaseClause(clause) && ts.isStringLiteral(clause.expression))
          forEachCall(clause, (call) => tools.push(...targets.of(call.expression)));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(unit.node);
  return tools;
}

/** A body that has to do with tool calls of a model, in the words of any provider. */
export const MODEL_TOOL_CALL =
  /\btool_calls?\b|\btool_?[uU]se\b|\btoolCalls?\b|\bfunction_?[cC]alls?\b|\btoolName\b|\btool_call_id\b/;
const TOOL_NAME = /(?:^|[._])(?:name|toolName|tool_name|tool)$/i;

function forEachCall(node: ts.Node, found: (call: ts.CallExpression) => void): void {
  if (ts.isCallExpression(node)) found(node);
  ts.forEachChild(node, (child) => {
    if (!isFunctionNode(child)) forEachCall(child, found);
  });
}

/** Calls whose function arguments run when something comes in from outside, whatever the framework. */
const HANDLER_CALLEE =
  /\.(?:get|post|put|patch|delete|all|use|on|once|route|handle|mutation|query|subscription|command|action|event|message|process|hears)$/;

function isHandler(node: ts.Node): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  const outer = outermost(node).parent;
  return ts.isCallExpression(outer) && outer.arguments.length > 0 && HANDLER_CALLEE.test(outer.expression.getText());
}
