import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { isFunction, walk } from "../src/ast.js";
import { parseFile } from "../src/parse.js";
import { namesInSight } from "../src/scope/resolve.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FILES = ["test/semantics/fixtures/", "transformer/src/", "runtime/src/"].flatMap((folder) =>
  readdirSync(ROOT + folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[cm]?[jt]s$/.test(file))
    .map((file) => ROOT + folder + file.replaceAll("\\", "/")),
);

/** The functions of a file by where they begin, with what their parameters' defaults can name. */
function ourNames(file: string, source: string): ReadonlyMap<number, readonly string[]> {
  const parsed = parseFile(file, source, undefined);
  if ("failure" in parsed) throw new Error(`${file}: ${parsed.failure.reason}`);
  const found = new Map<number, readonly string[]>();
  walk(parsed.program, (path) => {
    const { node } = path;
    if (isFunction(node) && node.body !== null) found.set(node.body.start, namesInSight(path, node));
    return true;
  });
  return found;
}

interface Names {
  readonly seen: readonly string[];
  /** Declared in the function's body: the checker gives these in place of what they hide. */
  readonly inBody: readonly string[];
}

/** The same by TypeScript's checker. Of functions in a parameter list it says that they see the body. */
function theirNames(checker: ts.TypeChecker, file: ts.SourceFile): ReadonlyMap<number, Names> {
  const found = new Map<number, Names>();
  const visit = (node: ts.Node): void => {
    if (ts.isParameter(node)) return;
    const body = ts.isFunctionLike(node) && "body" in node ? node.body : undefined;
    if (body !== undefined) {
      const isInside = (each: ts.Node) => each.pos >= body.pos && each.end <= body.end;
      const own = checker
        .getSymbolsInScope(node, ts.SymbolFlags.Value | ts.SymbolFlags.Alias)
        .map(({ name, declarations = [] }) => ({ name, places: declarations.filter((each) => isName(each, file)) }))
        .filter(({ places }) => places.length > 0 && !places.some((each) => ts.isTypeOnlyImportDeclaration(each)));
      const [inBody, seen] = [true, false].map((inside) =>
        own.filter(({ places }) => places.every(isInside) === inside).map(({ name }) => name),
      );
      found.set(body.getStart(file), { seen: seen ?? [], inBody: inBody ?? [] });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Not what only reads like one: `export =`, and `Error.limit = 1`, which JavaScript files declare members with. */
function isName(node: ts.Node, file: ts.SourceFile): boolean {
  return node.getSourceFile() === file && !ts.isExportAssignment(node) && !ts.isIdentifier(node);
}

/** Sloppy mode lets them out of their block; the checker takes every file for a module. */
function functionsOfBlocks(file: ts.SourceFile): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isInBlock =
      ts.isFunctionDeclaration(node) && ts.isBlock(node.parent) && !ts.isFunctionLike(node.parent.parent);
    if (isInBlock && node.name !== undefined) found.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test("the names in sight of every function are those that TypeScript finds", () => {
  const program = ts.createProgram(FILES, {
    allowJs: true,
    noLib: true,
    noResolve: true,
    types: [],
    target: ts.ScriptTarget.ESNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
  });
  const checker = program.getTypeChecker();
  let functions = 0;
  const wrong = [];
  for (const file of FILES) {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(file);
    const theirs = theirNames(checker, source);
    const leaving = functionsOfBlocks(source);
    const ours = ourNames(file, readFileSync(file, "utf8"));
    for (const [start, { seen, inBody }] of theirs) {
      functions++;
      const place = source.getLineAndCharacterOfPosition(start);
      const found = ours.get(start) ?? [];
      const missing = seen.filter((name) => !found.includes(name));
      const extra = found.filter((name) => !seen.includes(name) && !inBody.includes(name) && !leaving.has(name));
      if (missing.length + extra.length > 0) wrong.push({ place: `${file}:${place.line + 1}`, missing, extra });
    }
  }
  expect(wrong).toEqual([]);
  expect(functions).toBeGreaterThan(1000);
});
