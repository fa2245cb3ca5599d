import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";
import { applyEdits, type TextEdit } from "../edit/text-edit.js";
import type { ProjectFacts } from "./project-facts.js";
import type { HostSetup } from "./setup.js";

const PLUGIN = "llmobs-instrument/esbuild";
const SNIPPET = `import llmobs from "${PLUGIN}";\n\nawait esbuild.build({ …, plugins: [llmobs()] });`;

/** A build script that calls esbuild: the plugin goes first into `plugins`. */
export function setUpEsbuild({ root, files, scripts, dependencies }: ProjectFacts): readonly HostSetup[] {
  const found = files
    .filter((file) => /\.[cm]?[jt]s$/.test(file))
    .flatMap((file): readonly HostSetup[] => {
      const text = readFileSync(join(root, file), "utf8");
      if (!/["']esbuild["']/.test(text)) return [];
      const host = "esbuild";
      if (text.includes(PLUGIN)) return [{ host, type: "done", where: file }];
      const after = withPlugin(file, text);
      if (after === undefined) return [{ host, type: "snippet", where: file, snippet: SNIPPET }];
      return [{ host, type: "edit", changes: [{ file, before: text, after }], packages: [] }];
    });
  const usesCommand = Object.values(scripts).some((script) => /(?:^|[\s&;])esbuild\s/.test(script));
  if (found.length > 0 || !(usesCommand && "esbuild" in dependencies)) return found;
  // The command takes no plugins.
  return [
    { host: "esbuild", type: "snippet", where: "a build script, as the command takes no plugins", snippet: SNIPPET },
  ];
}

/** Undefined when the call's options are not written where it is called. */
function withPlugin(file: string, text: string): string | undefined {
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const options: ts.ObjectLiteralExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(?:^|\.)(?:build|context|buildSync)$/.test(node.expression.getText())) {
      const [first] = node.arguments;
      if (first !== undefined && ts.isObjectLiteralExpression(first)) options.push(first);
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  const inserted = options.map((object) => pluginEdit(object, text));
  if (inserted.length === 0 || inserted.some((edit) => edit === undefined)) return undefined;
  return applyEdits(text, [importEdit(parsed, text), ...inserted.flatMap((edit) => edit ?? [])]);
}

function pluginEdit(object: ts.ObjectLiteralExpression, text: string): TextEdit | undefined {
  const existing = object.properties.find((property) => property.name?.getText() === "plugins");
  if (existing !== undefined) {
    if (!ts.isPropertyAssignment(existing) || !ts.isArrayLiteralExpression(existing.initializer)) return undefined;
    const list = existing.initializer;
    const at = list.getStart() + 1;
    return { start: at, end: at, text: list.elements.length === 0 ? "llmobs()" : "llmobs(), " };
  }
  const [first] = object.properties;
  const last = object.properties.at(-1);
  if (first === undefined || last === undefined) {
    return { start: object.getStart() + 1, end: object.getStart() + 1, text: " plugins: [llmobs()] " };
  }
  const lineStart = text.lastIndexOf("\n", first.getStart() - 1) + 1;
  const isOwnLine = text.slice(lineStart, first.getStart()).trim() === "" && lineStart > object.getStart();
  const separator = isOwnLine ? `${/\r?\n/.exec(text)?.[0] ?? "\n"}${text.slice(lineStart, first.getStart())}` : " ";
  return { start: last.getEnd(), end: last.getEnd(), text: `,${separator}plugins: [llmobs()]` };
}

function importEdit(parsed: ts.SourceFile, text: string): TextEdit {
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? "\n";
  const imports = parsed.statements.filter(ts.isImportDeclaration);
  const last = imports.at(-1);
  if (last !== undefined) {
    return { start: last.getEnd(), end: last.getEnd(), text: `${lineEnd}import llmobs from "${PLUGIN}";` };
  }
  const start = parsed.statements[0]?.getStart() ?? 0;
  return { start, end: start, text: `const { default: llmobs } = require("${PLUGIN}");${lineEnd}` };
}
