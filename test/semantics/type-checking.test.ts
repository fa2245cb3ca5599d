import ts from "typescript";
import { expect, test } from "vitest";
import { createFixtureProgram, emitInstrumented } from "./build-ast.js";

/** Errors of the compiler, as it prints them. */
function diagnosticsOf(program: ts.Program): readonly string[] {
  return ts.getPreEmitDiagnostics(program).map(({ file, start, code, messageText }) => {
    const place = file && start !== undefined ? file.getLineAndCharacterOfPosition(start) : undefined;
    return `${file?.fileName ?? ""}:${place?.line ?? ""}:${place?.character ?? ""} ${code} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

test("a program that is checked after it was emitted has the same errors: none comes from a tag", () => {
  const untouched = createFixtureProgram("esm");
  const emitted = createFixtureProgram("esm");
  emitInstrumented(emitted, () => {});
  expect(diagnosticsOf(emitted)).toEqual(diagnosticsOf(untouched));
});

test.each([
  { kind: "esm", options: {} },
  { kind: "cjs", options: { declarationMap: true, stripInternal: true, strict: true } },
  { kind: "esm", options: { emitDeclarationOnly: true, checkJs: true } },
] as const)("declarations of the $kind fixtures are those of the original: $options", ({ kind, options }) => {
  const declarations = (transform: boolean) => {
    const program = createFixtureProgram(kind, { declaration: true, ...options });
    const files = new Map<string, string>();
    const write: ts.WriteFileCallback = (file, text) => {
      if (/\.d\.[cm]?ts(?:\.map)?$/.test(file)) files.set(file, text);
    };
    if (transform) emitInstrumented(program, write);
    else program.emit(undefined, write);
    return files;
  };
  const expected = declarations(false);
  expect(expected.size).toBeGreaterThan(20);
  expect(declarations(true)).toEqual(expected);
});
