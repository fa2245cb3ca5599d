import type { BlockStatement, Node } from "oxc-parser";
import { isFunction, type Path, walk, walkOwn } from "../ast.js";
import { bindingNames } from "../binding-names.js";

/** A place in a block, with the word that names it. */
export interface BlockObstacle {
  readonly word: string;
  readonly at: Node;
}

/** The first statement or expression that would leave the block other than by its end or an error. */
export function findJump(block: BlockStatement): BlockObstacle | undefined {
  let found: BlockObstacle | undefined;
  walkOwn(block, (path) => {
    const word = jumpOut(path);
    if (word !== undefined) found ??= { word, at: path.node };
  });
  return found;
}

function jumpOut(path: Path): string | undefined {
  const { node } = path;
  switch (node.type) {
    case "ReturnStatement":
      return "return";
    case "YieldExpression":
      return "yield";
    case "BreakStatement":
      return isInside(path, node.label?.name, true) ? undefined : "break";
    case "ContinueStatement":
      return isInside(path, node.label?.name, false) ? undefined : "continue";
    default:
      return undefined;
  }
}

/** Whether what a jump goes to lies on the way up to the block. */
function isInside({ parent }: Path, label: string | undefined, leavesSwitch: boolean): boolean {
  for (let above = parent; above !== null; above = above.parent) {
    const { node } = above;
    if (label !== undefined) {
      if (node.type === "LabeledStatement" && node.label.name === label) return true;
    } else if (LOOPS.has(node.type) || (leavesSwitch && node.type === "SwitchStatement")) return true;
  }
  return false;
}

const LOOPS: ReadonlySet<Node["type"]> = new Set([
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
]);

/** Whether the block itself waits, so that it can only stand in an async function or module. */
export function waits(block: BlockStatement): boolean {
  let found = false;
  walkOwn(block, ({ node }) => {
    found ||=
      node.type === "AwaitExpression" ||
      (node.type === "ForOfStatement" && node.await) ||
      (node.type === "VariableDeclaration" && node.kind === "await using");
  });
  return found;
}

/**
 * A variable or function that belongs to the function around the block, and of
 * which something else than one run of the block could tell that it does not any more.
 */
export function findHoisted(path: Path, block: BlockStatement, strict: boolean): BlockObstacle | undefined {
  const hoisted = hoistedNames(block, strict);
  if (hoisted.size === 0) return undefined;
  const inLoop = isRepeated(path);
  const elsewhere = namesElsewhere(path, block);
  for (const [word, at] of hoisted) {
    if (inLoop || word === "arguments" || elsewhere.has(word) || elsewhere.has("eval")) return { word, at };
  }
  return undefined;
}

function hoistedNames(block: BlockStatement, strict: boolean): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  walkOwn(block, ({ node }) => {
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      for (const { id } of node.declarations) for (const name of bindingNames(id)) found.set(name, id);
    }
    // Sloppy mode hoists functions out of blocks: https://tc39.es/ecma262/#sec-block-level-function-declarations-web-legacy-compatibility-semantics
    if (!strict && node.type === "FunctionDeclaration" && node.id) found.set(node.id.name, node.id);
  });
  return found;
}

/** A loop around it runs the block again with the variables as they were. */
function isRepeated({ parent }: Path): boolean {
  for (let above = parent; above !== null && !isFunction(above.node); above = above.parent) {
    if (LOOPS.has(above.node.type)) return true;
  }
  return false;
}

/** Every name in the function around the block, but outside of the block. */
function namesElsewhere(path: Path, block: BlockStatement): ReadonlySet<string> {
  let root = path;
  while (root.parent !== null && !isFunction(root.node)) root = root.parent;
  const names = new Set<string>();
  walk(root.node, ({ node }) => {
    if (node.type === "Identifier" || node.type === "JSXIdentifier") names.add(node.name);
    return node !== block;
  });
  return names;
}
