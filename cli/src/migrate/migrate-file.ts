import { ts } from "ts-morph";
import type { TextEdit } from "../edit/text-edit.js";
import { leftovers } from "./leftovers.js";
import { tagOf } from "./options.js";
import { type PeerBinding, peerBindings, rootName } from "./peer-names.js";
import type { Peer, WrapperRule } from "./peers.js";
import { removeStatement, soleStatement } from "./statements.js";

/** One thing that becomes another, or that has no equivalent here. */
export interface Migrated {
  readonly at: ts.Node;
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

export interface MigratedFile {
  readonly changes: readonly Migrated[];
  readonly notes: readonly { readonly at: ts.Node; readonly text: string }[];
}

type Literal = ts.ArrowFunction | ts.FunctionExpression;

/** Turns the wrappers and decorators of a peer into tags, and takes its imports and setup out. */
export function migrateFile(file: ts.SourceFile, peer: Peer): MigratedFile {
  const bindings = peerBindings(file, peer);
  if (bindings.length === 0) return { changes: [], notes: [] };
  const changes: Migrated[] = [];
  const notes: { at: ts.Node; text: string }[] = [];
  let needsRuntime = false;

  const visit = (node: ts.Node): void => {
    if (ts.isDecorator(node)) decorator(node);
    else if (ts.isExpressionStatement(node) && isSetup(node.expression)) {
      changes.push({ at: node, text: "takes the setup out", edits: [removeStatement(file, node)] });
      return;
    } else if (ts.isCallExpression(node)) call(node);
    ts.forEachChild(node, visit);
  };
  const called = (expression: ts.Expression): string | undefined => memberOfPeer(expression, bindings);
  const isSetup = (expression: ts.Expression): boolean => {
    if (ts.isAwaitExpression(expression)) return isSetup(expression.expression);
    return ts.isCallExpression(expression) && peer.setup.includes(called(expression.expression) ?? "");
  };

  const decorator = (node: ts.Decorator): void => {
    const { expression } = node;
    const callee = ts.isCallExpression(expression) ? expression.expression : expression;
    const rule = own(peer.decorators, called(callee));
    if (rule === undefined) return;
    const options = ts.isCallExpression(expression) ? expression.arguments[0] : undefined;
    const { tag, lost } = tagOf(options, peer, rule.kind);
    note(node, lost);
    changes.push({
      at: node,
      text: `@${callee.getText()} becomes ${tag}`,
      edits: [{ start: node.getStart(), end: node.getEnd(), text: `/** ${tag} */` }],
    });
  };

  const call = (node: ts.CallExpression): void => {
    const member = called(node.expression);
    if (member === undefined) return;
    const wrapper = own(peer.wrappers, member);
    if (wrapper !== undefined) wrapped(node, wrapper);
    const inline = own(peer.inline, member);
    if (inline !== undefined) inlined(node, inline);
    if (peer.unwraps.includes(member)) {
      const [value] = node.arguments;
      if (value !== undefined) {
        changes.push({ at: node, text: `${member}(…) becomes its argument`, edits: around(node, value, "", "") });
      }
    }
  };

  const wrapped = (node: ts.CallExpression, rule: WrapperRule): void => {
    const fn = literal(node.arguments[rule.fn]);
    if (fn === undefined) {
      notes.push({ at: node, text: `${node.expression.getText()} wraps a function from elsewhere: tag that function` });
      return;
    }
    const { tag, lost } = tagOf(node.arguments[rule.options], peer, rule.kind);
    note(node, lost);
    const place = tagPlace(file, node);
    // Without parentheses a named function after `export default` would declare its name.
    const [open, close] = ts.isExportAssignment(node.parent) && ts.isFunctionExpression(fn) ? ["(", ")"] : ["", ""];
    const edits =
      place === undefined
        ? around(node, fn, `/** ${tag} */ ${open}`, close)
        : [
            { start: place.start, end: place.start, text: `/** ${tag} */${place.lineEnd}` },
            ...around(node, fn, open, close),
          ];
    changes.push({ at: node, text: `${node.expression.getText()} becomes ${tag}`, edits });
  };

  const inlined = (node: ts.CallExpression, rule: WrapperRule): void => {
    const fn = literal(node.arguments[rule.fn]);
    if (fn === undefined || fn.parameters.length > 0 || node.arguments.length > 2) {
      notes.push({ at: node, text: `${node.expression.getText()} hands values to its function: use llmobs.trace` });
      return;
    }
    const { kind, name, lost } = tagOf(node.arguments[rule.options], peer, rule.kind);
    note(node, lost);
    needsRuntime = true;
    const options = name === undefined ? "" : `{ name: ${JSON.stringify(name)} }, `;
    changes.push({
      at: node,
      text: `${node.expression.getText()} becomes llmobs.${kind}`,
      edits: around(node, fn, `llmobs.${kind}(${options}`, ")"),
    });
  };

  const note = (at: ts.Node, lost: readonly string[]): void => {
    for (const option of lost) notes.push({ at, text: `${option.replace(/\s+/g, " ")} has no attribute in a tag` });
  };

  visit(file);
  const rest = leftovers(file, peer, bindings, { changes, notes, needsRuntime });
  return { changes: [...changes, ...rest.changes], notes: [...notes, ...rest.notes] };
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string | undefined): Value | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** What of the peer an expression names: the last word of `traceloop.withWorkflow`, the original of an alias. */
function memberOfPeer(expression: ts.Expression, bindings: readonly PeerBinding[]): string | undefined {
  const root = rootName(expression);
  const binding = bindings.find(({ name }) => name === root);
  if (binding === undefined) return undefined;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? (binding.exported ?? binding.name) : undefined;
}

function literal(value: ts.Expression | undefined): Literal | undefined {
  if (value === undefined) return undefined;
  if (ts.isParenthesizedExpression(value)) return literal(value.expression);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) ? value : undefined;
}

function around(outer: ts.Node, inner: ts.Node, before: string, after: string): readonly TextEdit[] {
  return [
    { start: outer.getStart(), end: inner.getStart(), text: before },
    { start: inner.getEnd(), end: outer.getEnd(), text: after },
  ];
}

/** Where the tag gets a line of its own: before the statement whose only value is the call. */
function tagPlace(
  file: ts.SourceFile,
  node: ts.CallExpression,
): { readonly start: number; readonly lineEnd: string } | undefined {
  const { parent } = node;
  const holder = ts.isVariableDeclaration(parent) ? soleStatement(parent) : undefined;
  const statement = holder ?? (ts.isPropertyDeclaration(parent) || ts.isExportAssignment(parent) ? parent : undefined);
  if (statement === undefined || !(ts.isVariableStatement(statement) || statement === parent)) return undefined;
  const start = statement.getStart();
  const text = file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start);
  if (text.trim() !== "") return undefined;
  return { start, lineEnd: (/\r?\n/.exec(file.text)?.[0] ?? "\n") + text };
}
