import type { Kind } from "@llmobs/transformer";
import { ts } from "ts-morph";
import { type CallGraph, MODEL_TOOL_CALL, type UnitFacts } from "./call-graph.js";
import type { Evidence } from "./calls.js";
import { isFunctionNode, type Unit } from "./units.js";

/** A tag that a function should have. */
export interface Suggestion {
  readonly unit: Unit;
  readonly kind: Kind;
  /** How sure, from 0 to 1. */
  readonly confidence: number;
  /** Why, without the evidence's place. */
  readonly reason: string;
  readonly evidence: ts.Node;
  /** The model's call that `modelName` and `modelProvider` are read from. */
  readonly model: Evidence | undefined;
}

/** The suggestions for a project. `existing` are the kinds of functions that are tagged already. */
export function suggest(graph: CallGraph, existing: ReadonlyMap<Unit, Kind>): readonly Suggestion[] {
  const found = new Map<Unit, Suggestion>();
  for (const facts of graph.facts.values()) {
    const suggestion = ownWork(facts, graph);
    if (suggestion !== undefined) found.set(facts.unit, suggestion);
  }
  const kinds = new Map([...[...found].map(([unit, { kind }]) => [unit, kind] as const), ...existing]);
  for (const facts of graph.facts.values()) {
    const suggestion = orchestration(facts, graph, kinds, found.get(facts.unit));
    if (suggestion === undefined) continue;
    found.set(facts.unit, suggestion);
    if (!existing.has(facts.unit)) kinds.set(facts.unit, suggestion.kind);
  }
  for (const suggestion of outermost(graph, kinds)) found.set(suggestion.unit, suggestion);
  return [...found.values()].filter(({ unit }) => !existing.has(unit));
}

const WORK: Readonly<Record<Kind, string>> = {
  llm: "calls the model with",
  embedding: "embeds with",
  retrieval: "retrieves with",
  agent: "runs an agent with",
  tool: "calls a tool with",
  workflow: "runs a chain with",
  task: "runs",
};

/** What a function does itself: it is a tool, loops as an agent, calls a model, embeds or retrieves. */
function ownWork(facts: UnitFacts, graph: CallGraph): Suggestion | undefined {
  const { unit, evidence, role } = facts;
  const [first] = evidence;
  if (role === "tool") {
    return {
      unit,
      kind: "tool",
      confidence: 0.95,
      reason: "is given to a model as a tool",
      evidence: unit.node,
      model: undefined,
    };
  }
  const loop = agentLoop(facts, graph);
  if (loop !== undefined) {
    const reason = "calls the model and tools in turn until it is done";
    return { unit, kind: "agent", confidence: 0.9, reason, evidence: loop, model: undefined };
  }
  if (first === undefined) {
    if (role !== "node") return undefined;
    return {
      unit,
      kind: "task",
      confidence: 0.7,
      reason: "is a step of a graph",
      evidence: unit.node,
      model: undefined,
    };
  }
  const of = (kind: Kind) => evidence.find((each) => each.kind === kind);
  const strongest = of("agent") ?? of("workflow") ?? of("llm") ?? of("retrieval") ?? of("embedding") ?? first;
  const { kind, call, confidence } = strongest;
  const reason = `${WORK[kind]} ${calleeText(call)}`;
  const suggestion = { unit, kind, confidence, reason, evidence: call, model: hasModel(kind) ? strongest : undefined };
  const isSequence =
    (kind === "llm" && (of("retrieval") !== undefined || of("embedding") !== undefined)) ||
    (kind === "llm" &&
      unconditional(
        evidence.filter((each) => each.kind === "llm"),
        unit,
      ).length > 1) ||
    (kind === "embedding" && storesVectors(unit));
  return isSequence || role === "handler" || (isEndpoint(unit) && kind !== "agent")
    ? { ...suggestion, kind: "workflow", model: undefined, confidence: confidence - 0.1 }
    : suggestion;
}

function hasModel(kind: Kind): boolean {
  return kind === "llm" || kind === "embedding";
}

/** A function that calls several traced functions in turn, or does traced work itself beside that. */
function orchestration(
  { unit, callees, role }: UnitFacts,
  graph: CallGraph,
  kinds: ReadonlyMap<Unit, Kind>,
  own: Suggestion | undefined,
): Suggestion | undefined {
  if (own !== undefined && own.kind !== "llm" && own.kind !== "task") return undefined;
  const traced = [...callees].filter(
    ([callee]) => reaches(callee, graph, kinds) && graph.facts.get(callee)?.role !== "tool",
  );
  const [first] = traced;
  const steps = traced.length + (own?.kind === "llm" ? 1 : 0);
  if (first === undefined || steps < 2 || role === "tool") return undefined;
  const reason =
    own === undefined
      ? `calls ${names(traced.map(([callee]) => callee))}`
      : `${own.reason}, and calls ${names(traced.map(([callee]) => callee))}`;
  return { unit, kind: "workflow", confidence: 0.85, reason, evidence: first[1], model: undefined };
}

/** The outermost functions of the project that reach traced ones and have no tag on the way. */
function outermost(graph: CallGraph, kinds: ReadonlyMap<Unit, Kind>): readonly Suggestion[] {
  const covered = new Set<Unit>();
  const cover = (unit: Unit): void => {
    if (covered.has(unit)) return;
    covered.add(unit);
    for (const callee of graph.facts.get(unit)?.callees.keys() ?? []) cover(callee);
  };
  for (const [unit, kind] of kinds) if (kind === "workflow" || kind === "agent") cover(unit);

  return [...graph.facts.values()].flatMap(({ unit, callees, role, isRunAtLoad }): readonly Suggestion[] => {
    if (kinds.has(unit) || covered.has(unit) || role !== undefined || isEndpoint(unit)) return [];
    if ((graph.callers.get(unit) ?? []).some((caller) => !isEntry(caller, graph))) return [];
    const [first, ...others] = [...callees].filter(([callee]) => reaches(callee, graph, kinds));
    if (first === undefined || others.length > 0) return [];
    const inner = kinds.get(first[0]);
    if (isRunAtLoad || inner === "workflow" || inner === "agent" || inner === "tool") return [];
    const reason = `is where ${names([first[0]])} is called from`;
    return [{ unit, kind: "workflow", confidence: 0.6, reason, evidence: first[1], model: undefined }];
  });
}

function isEntry(unit: Unit, graph: CallGraph): boolean {
  const facts = graph.facts.get(unit);
  return facts?.role === "handler" || facts?.isRunAtLoad === true || isEndpoint(unit);
}

/** Whether calling the unit leads to a traced one. */
function reaches(unit: Unit, graph: CallGraph, kinds: ReadonlyMap<Unit, Kind>, seen = new Set<Unit>()): boolean {
  if (kinds.has(unit)) return true;
  if (seen.has(unit)) return false;
  seen.add(unit);
  return [...(graph.facts.get(unit)?.callees.keys() ?? [])].some((callee) => reaches(callee, graph, kinds, seen));
}

/** A loop around a call of the model, in a body that has to do with tool calls. */
function agentLoop({ unit, evidence, callees }: UnitFacts, graph: CallGraph): ts.Node | undefined {
  if (!MODEL_TOOL_CALL.test(unit.node.getText())) return undefined;
  const modelCalls = [
    ...evidence.filter(({ kind }) => kind === "llm").map(({ call }) => call),
    ...[...callees]
      .filter(([callee]) => graph.facts.get(callee)?.evidence.some(({ kind }) => kind === "llm"))
      .map(([, place]) => place),
  ];
  return modelCalls.find((call) => enclosing(call, unit, ts.isIterationStatement) !== undefined);
}

function enclosing(
  node: ts.Node,
  unit: Unit,
  is: (node: ts.Node, lookInLabels: false) => boolean,
): ts.Node | undefined {
  for (let outer = node.parent; outer !== unit.node; outer = outer.parent) if (is(outer, false)) return outer;
  return undefined;
}

/** Of several calls those that every run makes: alternatives (`stream ? a() : b()`) and fallbacks are one step. */
function unconditional(evidence: readonly Evidence[], unit: Unit): readonly Evidence[] {
  const isBranch = (node: ts.Node) =>
    ts.isIfStatement(node) ||
    ts.isConditionalExpression(node) ||
    ts.isSwitchStatement(node) ||
    ts.isCatchClause(node) ||
    isFunctionNode(node);
  return evidence.filter(({ call }) => enclosing(call, unit, isBranch) === undefined);
}

const VECTOR_STORE_WRITE = /\.(?:upsert|upsertRecords|addDocuments|addVectors|insert|insertMany|add)\(/;

function storesVectors(unit: Unit): boolean {
  return VECTOR_STORE_WRITE.test(unit.node.getText());
}

/** Functions that a framework calls by their name and place: routes, serverless handlers. */
function isEndpoint({ node, name }: Unit): boolean {
  const file = node.getSourceFile().fileName;
  if (/\/route\.[jt]sx?$/.test(file) || /\/\+(?:server|page\.server)\.[jt]s$/.test(file))
    return /^(?:GET|POST|PUT|PATCH|DELETE|load|actions)$/.test(name ?? "");
  if (/\/(?:pages|src\/pages)\/api\//.test(file)) return name === "default" || name === "handler";
  if (/\/app\/routes\//.test(file)) return name === "action" || name === "loader";
  return name === "fetch" && ts.isMethodDeclaration(node) && ts.isExportAssignment(node.parent.parent);
}

function names(units: readonly Unit[]): string {
  const list = [...new Set(units.map(({ name }) => name ?? "a callback"))];
  const last = list.pop() ?? "";
  return list.length === 0 ? last : `${list.join(", ")} and ${last}`;
}

/** `openai.chat.completions.create`, shortened where the receiver is itself a long expression. */
export function calleeText(call: Evidence["call"]): string {
  const text = call.expression.getText().replace(/\s+/g, "");
  return text.length > 60 ? `…${text.slice(-59)}` : text;
}
