import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "../hosts/workspace-folder.js";
import { readSpans } from "./read-spans.js";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}.ts`, import.meta.url));

/** With the real compiler, types checked; gives back the folder. */
function compile(names: readonly string[], options: ts.CompilerOptions): string {
  const sources = names.map((name) => [`${name}.ts`, readFileSync(fixture(name), "utf8")]);
  const folder = workspaceFolder(Object.fromEntries(sources));
  const roots = names.map((name) => join(folder, `${name}.ts`));
  const program = ts.createProgram(roots, {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    types: [],
    skipLibCheck: true,
    ...options,
  });
  const faults = ts.getPreEmitDiagnostics(program);
  expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  program.emit();
  return folder;
}

async function run(folder: string, name: string) {
  const output = await node(folder, [`${name}.js`], { LLMOBS_DIR: `spans-of-${name}` });
  expect(output).toMatchObject({ code: 0, stderr: "" });
  const events = readSpans(join(folder, `spans-of-${name}`));
  return {
    log: JSON.parse(output.stdout),
    spans: events.map((each) => [each.name, each.meta["span.kind"], each.meta.input.value, each.meta.output.value]),
    events,
  };
}

async function expectDecorated(folder: string) {
  const { log, spans, events } = await run(folder, "decorated");
  expect(log).toEqual([
    "Hello Ann: why",
    [1, 2],
    ["a", "b"],
    3,
    5,
    2,
    3,
    [1],
    ["answer", 2, "lookUp", ["rank", "limit"]],
    true,
    false,
  ]);
  expect(spans).toEqual([
    ["answer", "workflow", '{"question":"why","user":"Ann"}', "Hello Ann: why"],
    ["inside", "tool", undefined, undefined],
    ["lead", "agent", "[1,2]", "[1,2]"],
    ["words", "task", "a b", '["a","b"]'],
    ["lookUp", "tool", "key", "3"],
    ["get size", "task", undefined, "5"],
    ["rank", "task", '{"a":3,"b":1}', "2"],
    ["parse", "tool", "[1]", "[1]"],
  ]);
  expect(events[1]).toMatchObject({ parent_id: events[2]?.span_id, session_id: "s-1" });
}

test("TypeScript's own decorators trace methods, statics, generators, getters and fields", async () => {
  await expectDecorated(compile(["decorated"], { experimentalDecorators: true, useDefineForClassFields: false }));
});

test("the standard's decorators trace these, private members, setters and accessors", async () => {
  const folder = compile(["decorated", "decorated-standard"], {});
  await expectDecorated(folder);
  const { log, spans } = await run(folder, "decorated-standard");
  expect(log).toEqual([[6, "s", "Q"], [15, "s", "Q"], "again!", 2]);
  expect(spans).toEqual([
    ["#hidden", "task", "3", "6"],
    ["#secret", "task", "s", "s"],
    ["accessed", "tool", "q", "Q"],
    ["set rows", "task", "5", undefined],
    ["#hidden", "task", "3", "15"],
    ["#secret", "task", "s", "s"],
    ["accessed", "tool", "q", "Q"],
    ["accessed", "tool", "again", "again!"],
    ["field", "task", "1", "2"],
  ]);
});
