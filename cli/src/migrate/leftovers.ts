import { ts } from "ts-morph";
import type { Migrated, MigratedFile } from "./migrate-file.js";
import type { PeerBinding } from "./peer-names.js";
import type { Peer } from "./peers.js";
import { removeStatement, soleStatement } from "./statements.js";

/**
 * What is left of a peer's names when its wrappers are gone: those that nothing uses go, `llmobs` of a peer with our
 * names comes from our runtime, every other use is noted.
 */
export function leftovers(
  file: ts.SourceFile,
  { sameNames }: Peer,
  bindings: readonly PeerBinding[],
  done: MigratedFile & { readonly needsRuntime: boolean },
): MigratedFile {
  const uses = usesOf(file, bindings, done.changes);
  const dead = new Set<ts.Node>();
  const notes: { at: ts.Node; text: string }[] = [];
  let { needsRuntime } = done;
  // Backwards, as a name that only dead declarations use is dead itself.
  for (const { name, declaration } of [...bindings].reverse()) {
    const used = (uses.get(name) ?? []).filter((use) => ![...dead].some((node) => contains(node, use)));
    const isOurs = used.every(
      ({ parent }) => ts.isPropertyAccessExpression(parent) && sameNames.includes(parent.name.text),
    );
    if (used.length > 0 && name === "llmobs" && isOurs) needsRuntime = true;
    else if (used.length > 0) {
      const unexplained = used.filter((use) => !done.notes.some(({ at }) => contains(at, use)));
      notes.push(...unexplained.map((at) => ({ at, text: `${firstLine(at.parent)} has no equivalent` })));
      continue;
    }
    dead.add(declaration);
  }
  const changes = removals(file, dead);
  return { changes: needsRuntime ? [importOfRuntime(file), ...changes] : changes, notes };
}

/** The references to each name that the changes do not take out. */
function usesOf(
  file: ts.SourceFile,
  bindings: readonly PeerBinding[],
  changes: readonly Migrated[],
): ReadonlyMap<string, readonly ts.Identifier[]> {
  const removed = changes.flatMap(({ edits }) => edits).filter(({ start, end }) => end > start);
  const uses = new Map<string, ts.Identifier[]>(bindings.map(({ name }) => [name, []]));
  const visit = (node: ts.Node): void => {
    const isGone = removed.some(({ start, end }) => start <= node.getStart() && node.getEnd() <= end);
    if (ts.isIdentifier(node) && isReference(node) && !isGone) uses.get(node.text)?.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return outer.getStart() <= inner.getStart() && inner.getEnd() <= outer.getEnd();
}

function firstLine(node: ts.Node): string {
  return node.getText().split("\n")[0] ?? "";
}

function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return true;
}

/** Whole imports and variables where everything in them is dead, else the names alone. */
function removals(file: ts.SourceFile, dead: ReadonlySet<ts.Node>): readonly Migrated[] {
  const found = new Map<ts.Node, Migrated>();
  const whole = (at: ts.Node, text: string) => found.set(at, { at, text, edits: [removeStatement(file, at)] });
  for (const node of dead) {
    if (ts.isImportDeclaration(node)) whole(node, `takes the import of ${node.moduleSpecifier.getText()} out`);
    else if (ts.isImportSpecifier(node)) {
      const list = node.parent;
      const statement = list.parent.parent;
      const kept = list.elements.filter((each) => !dead.has(each));
      if (kept.length === 0 && list.parent.name === undefined) {
        whole(statement, `takes the import of ${statement.moduleSpecifier.getText()} out`);
      } else {
        const text = `{ ${kept.map((each) => each.getText()).join(", ")} }`;
        const edits = [{ start: list.getStart(), end: list.getEnd(), text }];
        found.set(list, { at: list, text: `imports ${text} only`, edits });
      }
    } else if (ts.isVariableDeclaration(node)) {
      const statement = soleStatement(node);
      if (statement !== undefined) whole(statement, `takes ${node.name.getText()} out`);
    }
  }
  return [...found.values()];
}

function importOfRuntime(file: ts.SourceFile): Migrated {
  const start = file.statements[0]?.getStart() ?? 0;
  const lineEnd = /\r?\n/.exec(file.text)?.[0] ?? "\n";
  const text = `import { llmobs } from "@llmobs/runtime";${lineEnd}`;
  return { at: file, text: "imports llmobs from @llmobs/runtime", edits: [{ start, end: start, text }] };
}
